// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "timelineview/picturedialog.h"

#include "kit/durations.h"
#include "kit/errortext.h"
#include "kit/icons.h"
#include "kit/picture.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ridealong::timelineview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kLargestSide = 8192; ///< device pixels: what is read of a picture

} // namespace

PictureDialog::PictureDialog(Theme& theme, const chat::Attachment& file, const QString& path, QWidget* parent)
    : QDialog(parent),
      m_theme(theme),
      m_name(chat::safeFileName(file.name)),
      m_scroll(new QScrollArea(this)),
      m_label(new QLabel),
      m_title(new QLabel(this)),
      m_facts(new QLabel(this)),
      m_fit(new QToolButton(this)),
      m_worker(std::make_shared<base::Worker>(u"picture"_s))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_name);
    kit::setBackdrop(this, theme, Token::Window);
    m_label->setObjectName(u"picture"_s);
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setTextFormat(Qt::PlainText);
    kit::setTone(m_label, theme, Token::Muted);
    m_label->setText(tr("Opening…"));
    m_label->setAccessibleName(m_name);
    m_scroll->setWidget(m_label);
    m_scroll->setWidgetResizable(true);
    m_scroll->setAlignment(Qt::AlignCenter);
    m_scroll->setFrameShape(QFrame::NoFrame);
    kit::setBackdrop(m_scroll, theme, Token::Window);
    m_scroll->viewport()->installEventFilter(this);
    m_label->installEventFilter(this);

    m_title->setObjectName(u"pictureTitle"_s);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_title->setAccessibleName(m_name);
    m_title->setText(m_name);
    m_title->installEventFilter(this);
    kit::setTone(m_title, theme, Token::Text, Theme::Type::Body, true);
    m_facts->setObjectName(u"pictureFacts"_s);
    m_facts->setTextFormat(Qt::PlainText);
    kit::setTone(m_facts, theme, Token::Muted, Theme::Type::Small);
    m_facts->setText(file.bytes >= 0 ? kit::bytesText(file.bytes) : QString());
    auto* save = new QToolButton(this);
    save->setText(tr("Save …"));
    save->setToolTip(tr("Save … (%1)").arg(QKeySequence(QKeySequence::Save).toString(QKeySequence::NativeText)));
    connect(save, &QToolButton::clicked, this, &PictureDialog::saveRequested);
    m_fit->setObjectName(u"pictureFit"_s);
    m_fit->setToolTip(tr("Space"));
    connect(m_fit, &QToolButton::clicked, this, [this] { setFitted(!m_fitted); });
    auto* close = new QToolButton(this);
    close->setIcon(kit::icon(u"close"_s, theme));
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close"));
    connect(close, &QToolButton::clicked, this, &QDialog::reject);

    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(16, 10, 12, 10);
    bar->setSpacing(10);
    bar->addWidget(m_title, 1);
    bar->addWidget(m_facts);
    bar->addWidget(m_fit);
    bar->addWidget(save);
    bar->addWidget(close);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar);
    column->addWidget(m_scroll, 1);
    m_fit->setText(tr("Own size"));
    m_fit->hide();

    // As large as the picture, if it fits beside the rest of the screen.
    const QSize room = (parent ? parent->window()->size() : QSize(1200, 800)) - QSize(80, 80);
    const QSize wanted = file.pixels.isEmpty() ? room : file.pixels / devicePixelRatioF() + QSize(32, 72);
    resize(wanted.boundedTo(room).expandedTo({420, 320}));
    m_worker
        ->run([path, ratio = devicePixelRatioF()]() -> base::Expected<Opened> {
            Opened opened;
            auto image = kit::readPicture(path, {kLargestSide, kLargestSide}, &opened.pixels);
            if (!image)
                return image.error();
            // As it will be painted: the thread of the interface never touches all of it.
            opened.image = std::move(*image);
            opened.image.convertTo(opened.image.hasAlphaChannel() ? QImage::Format_ARGB32_Premultiplied : QImage::Format_RGB32);
            opened.image.setDevicePixelRatio(ratio);
            return opened;
        })
        .then(this, [this](const base::Expected<Opened>& opened) { present(opened); });
}

PictureDialog::~PictureDialog()
{
    // Nothing stops a decoder, and closing does not wait for one: whoever opened us keeps the worker until it is done.
    if (QWidget* opener = parentWidget())
        m_worker->run([]() -> base::Status { return base::Done(); }).then(opener, [worker = m_worker](const base::Status&) mutable {
            worker.reset();
        });
}

void PictureDialog::present(const base::Expected<Opened>& opened)
{
    if (opened) {
        m_picture = opened->image;
        const QString pixels = tr("%1 × %2").arg(opened->pixels.width()).arg(opened->pixels.height());
        m_facts->setText(m_facts->text().isEmpty() ? pixels : pixels + u" · "_s + m_facts->text());
        arrange();
    } else {
        m_label->setText(tr("This picture cannot be shown.\n%1").arg(kit::errorText(opened.error())));
    }
    emit loaded();
}

void PictureDialog::setFitted(bool fitted)
{
    if (m_fitted == fitted)
        return;
    m_fitted = fitted;
    m_fit->setText(fitted ? tr("Own size") : tr("Fit"));
    arrange();
}

void PictureDialog::arrange()
{
    if (m_picture.isNull())
        return;
    const double ratio = devicePixelRatioF();
    m_picture.setDevicePixelRatio(ratio); // it has another one only after a move to another screen
    const QSize room = m_scroll->viewport()->size() * ratio;
    const bool larger = m_picture.width() > room.width() || m_picture.height() > room.height();
    m_fit->setVisible(larger || !m_fitted);
    QImage shown = m_picture;
    if (m_fitted && larger) {
        const QSize size = m_picture.size().scaled(room, Qt::KeepAspectRatio).expandedTo({1, 1});
        if (m_smooth.size() != size)
            smoothen(size);
        shown = m_smooth.size() == size ? m_smooth : m_picture.scaled(size, Qt::IgnoreAspectRatio, Qt::FastTransformation);
        shown.setDevicePixelRatio(ratio);
    }
    m_label->setPixmap(QPixmap::fromImage(shown, Qt::NoOpaqueDetection));
    m_scroll->setWidgetResizable(m_fitted || !larger);
    m_label->resize(m_scroll->widgetResizable() ? m_scroll->viewport()->size() : shown.size() / ratio);
    m_label->setCursor(!larger ? Qt::ArrowCursor : m_fitted ? Qt::PointingHandCursor : Qt::OpenHandCursor);
}

/// One at a time: of the many sizes that a window has while it is being resized, few are asked for.
void PictureDialog::smoothen(const QSize& size)
{
    if (m_smoothing)
        return;
    m_smoothing = true;
    using Scaled = base::Expected<QImage>;
    m_worker->run([picture = m_picture, size] { return Scaled(picture.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)); })
        .then(this, [this](const Scaled& smooth) {
            m_smoothing = false;
            if (!smooth || smooth->isNull())
                return;
            m_smooth = *smooth;
            arrange();
        });
}

/// A click changes the size, a drag moves what does not fit.
void PictureDialog::pointOn(const QMouseEvent& event)
{
    QScrollBar* across = m_scroll->horizontalScrollBar();
    QScrollBar* down = m_scroll->verticalScrollBar();
    const QPoint at = event.globalPosition().toPoint();
    if (event.type() == QEvent::MouseButtonPress) {
        m_grabbed = at;
        m_scrolled = {across->value(), down->value()};
        m_dragged = false;
    } else if (event.type() == QEvent::MouseMove && !m_fitted) {
        m_dragged = m_dragged || (at - m_grabbed).manhattanLength() >= QApplication::startDragDistance();
        if (m_dragged) {
            across->setValue(m_scrolled.x() - (at - m_grabbed).x());
            down->setValue(m_scrolled.y() - (at - m_grabbed).y());
        }
    } else if (event.type() == QEvent::MouseButtonRelease && !m_dragged) {
        setFitted(!m_fitted);
    }
}

void PictureDialog::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier && !m_picture.isNull())
        setFitted(!m_fitted);
    else if (event->matches(QKeySequence::Save))
        emit saveRequested();
    else
        QDialog::keyPressEvent(event);
}

bool PictureDialog::eventFilter(QObject* watched, QEvent* event)
{
    const bool press = event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonRelease;
    if (watched == m_label && !m_picture.isNull() && (press || event->type() == QEvent::MouseMove)) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (press ? mouse->button() == Qt::LeftButton : mouse->buttons() == Qt::LeftButton) {
            pointOn(*mouse);
            return true;
        }
    }
    if (watched == m_title && (event->type() == QEvent::Resize || event->type() == QEvent::FontChange)) // what it ends with says what it is
        m_title->setText(m_title->fontMetrics().elidedText(m_name, Qt::ElideMiddle, m_title->contentsRect().width()));
    if (watched == m_scroll->viewport() && event->type() == QEvent::Resize)
        arrange();
    return QDialog::eventFilter(watched, event);
}

} // namespace ridealong::timelineview
