// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "composer/attachmentstrip.h"

#include "kit/card.h"
#include "kit/durations.h"
#include "kit/icons.h"
#include "kit/theme.h"
#include "kit/tone.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace ridealong::composer {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kGap = 6;
constexpr int kNameWidth = 200; ///< of a chip's name, at most

class Chip : public QFrame
{
public:
    Chip(Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme) {}

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        kit::drawCard(painter, rect(), m_theme, Token::Panel, Theme::kChipRadius);
    }

private:
    Theme& m_theme;
};

} // namespace

AttachmentStrip::AttachmentStrip(Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(u"composerFiles"_s);
    setAccessibleName(tr("Attached files"));
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, &AttachmentStrip::rebuild);
}

void AttachmentStrip::set(const QList<chat::Attachment>& files)
{
    if (m_files == files)
        return;
    m_files = files;
    rebuild();
}

void AttachmentStrip::rebuild()
{
    for (QWidget* chip : std::as_const(m_chips))
        chip->deleteLater(); // it may be its own button that brought us here
    m_chips.clear();
    for (int i = 0; i < int(m_files.size()); ++i) {
        const chat::Attachment& file = m_files.at(i);
        const QString whole = chat::safeFileName(file.name);
        auto* chip = new Chip(m_theme, this);
        auto* icon = new QLabel(chip);
        const int side = QFontMetrics(m_theme.font(Theme::Type::Small)).height();
        icon->setPixmap(kit::iconPixmap(u"file"_s, m_theme.color(Token::Muted), side, devicePixelRatioF()));
        auto* name = new QLabel(chip);
        name->setTextFormat(Qt::PlainText);
        kit::setTone(name, m_theme, Token::Text, Theme::Type::Small);
        name->setText(
            QFontMetrics(m_theme.font(Theme::Type::Small)).elidedText(whole, Qt::ElideMiddle, int(kNameWidth * std::max(1.0, m_theme.scale()))));
        auto* size = new QLabel(chip);
        kit::setTone(size, m_theme, Token::Muted, Theme::Type::Small);
        size->setText(kit::bytesText(std::max<qint64>(0, file.bytes)));
        auto* close = new QToolButton(chip);
        close->setObjectName(u"composerFileRemove"_s);
        close->setIcon(kit::icon(u"close"_s, m_theme));
        close->setIconSize({side - 2, side - 2});
        close->setFocusPolicy(Qt::TabFocus);
        close->setAccessibleName(tr("Remove %1").arg(whole));
        close->setToolTip(tr("Remove"));
        connect(close, &QToolButton::clicked, this, [this, i] { emit removed(i); });
        auto* row = new QHBoxLayout(chip);
        row->setContentsMargins(8, 2, 2, 2);
        row->setSpacing(6);
        for (QWidget* part : std::initializer_list<QWidget*>{icon, name, size, close})
            row->addWidget(part);
        chip->setToolTip(whole.toHtmlEscaped());
        chip->show();
        m_chips.append(chip);
    }
    place(width(), true);
    updateGeometry();
}

int AttachmentStrip::place(int width, bool move) const
{
    int x = 0;
    int y = 0;
    int height = 0;
    for (QWidget* chip : m_chips) {
        const QSize size = chip->sizeHint().boundedTo({std::max(1, width), QWIDGETSIZE_MAX});
        if (x > 0 && x + size.width() > width) {
            x = 0;
            y += height + kGap;
            height = 0;
        }
        if (move)
            chip->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + kGap;
        height = std::max(height, size.height());
    }
    return y + height;
}

void AttachmentStrip::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place(width(), true);
}

void AttachmentStrip::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        place(width(), true);
}

} // namespace ridealong::composer
