// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// How the palette is put together.
#include "paletteview/paletteview.h"

#include "kit/confirmbar.h"
#include "kit/theme.h"
#include "kit/tone.h"
#include "paletteview/argumentform.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ridealong::paletteview {

using kit::Theme;
using kit::Token;

namespace {

constexpr int kShownRows = 5;
constexpr int kShownRowsWithForm = 3;

} // namespace

void PaletteView::build()
{
    m_card->setObjectName(u"paletteCard"_s);
    m_query->setObjectName(u"paletteQuery"_s);
    m_query->setMaxLength(1000);
    m_query->setPlaceholderText(tr("Type a command, what it does, or who runs it"));
    m_query->setAccessibleName(tr("Find a command"));
    m_info = new QLabel(m_card);
    m_info->setObjectName(u"paletteInfo"_s);
    m_list->setObjectName(u"paletteList"_s);
    m_list->setAccessibleName(tr("Commands"));
    m_model = new ResultModel(this);
    m_delegate = new ResultDelegate(m_theme, m_clock, this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);

    m_detail = new QWidget(m_card);
    m_form = new ArgumentForm(m_theme);
    m_formArea = new QScrollArea(m_detail);
    m_formArea->setFrameShape(QFrame::NoFrame);
    m_formArea->setWidgetResizable(true);
    m_formArea->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_formArea->setFocusPolicy(Qt::NoFocus);
    m_formArea->setWidget(m_form);
    m_textRow = new QWidget(m_detail);
    m_where = new QLabel(m_textRow);
    m_where->setTextFormat(Qt::PlainText);
    m_text = new QLineEdit(m_textRow);
    m_text->setObjectName(u"paletteText"_s);
    m_text->setMaxLength(32 * 1024);
    m_text->setAccessibleName(tr("Exactly what will be sent"));
    m_problemLabel = new QLabel(m_detail);
    m_problemLabel->setWordWrap(true);
    m_problemLabel->setTextFormat(Qt::PlainText);
    auto* sent = new QLabel(tr("will be sent"), m_textRow);
    sent->setBuddy(m_text);
    kit::setTone(sent, m_theme, Token::Muted);
    sent->setMinimumWidth(112);
    auto* sentRow = new QHBoxLayout(m_textRow);
    sentRow->setContentsMargins(0, 0, 0, 0);
    sentRow->setSpacing(8);
    sentRow->addWidget(sent);
    sentRow->addSpacing(8);
    sentRow->addWidget(m_where);
    sentRow->addWidget(m_text, 1);
    auto* detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(kSide, 12, kSide, 12);
    detail->setSpacing(8);
    detail->addWidget(m_formArea);
    detail->addWidget(m_textRow);
    detail->addWidget(m_problemLabel);

    m_confirm = new kit::ConfirmBar(m_theme, m_card);
    auto* prompt = new QLabel(u"›"_s, m_card);
    kit::setTone(prompt, m_theme, Token::Muted, Theme::Type::Header);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(kSide, 10, kSide, 10);
    top->setSpacing(10);
    top->addWidget(prompt);
    top->addWidget(m_query, 1);
    top->addWidget(m_info);
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(makeRule());
    column->addWidget(m_nothing);
    column->addWidget(m_list);
    column->addWidget(makeRule());
    column->addWidget(m_detail);
    column->addWidget(m_confirm);
    column->addWidget(makeRule());
    column->addWidget(makeFooter());

    kit::setTone(m_info, m_theme, Token::Muted, Theme::Type::Small);
    kit::setTone(m_where, m_theme, Token::Muted, Theme::Type::Small);
    kit::setMonoTone(m_text, m_theme, Token::Text);
    kit::setTone(m_problemLabel, m_theme, Token::Danger, Theme::Type::Small);
    kit::setBackdrop(m_formArea, m_theme, Token::Raised);
    kit::setBackdrop(m_form, m_theme, Token::Raised);
    m_text->installEventFilter(this);
    connect(m_query, &QLineEdit::textEdited, this, &PaletteView::runQuery);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) { choose(index.row()); });
    connect(m_list, &QListView::doubleClicked, this, [this] { submit(false); });
    connect(m_form, &ArgumentForm::edited, this, &PaletteView::onFormEdited);
    connect(m_form, &ArgumentForm::submitted, this, [this] { submit(false); });
    connect(m_text, &QLineEdit::textEdited, this, &PaletteView::onTextEdited);
    connect(m_confirm, &kit::ConfirmBar::confirmed, this, &PaletteView::send);
    connect(m_confirm, &kit::ConfirmBar::gaveUp, this, [this] {
        m_text->setFocus();
        place();
    });
    setTabOrder(m_query, m_form);
    setTabOrder(m_form, m_text);
}

QWidget* PaletteView::makeFooter()
{
    auto* footer = new QWidget(m_card);
    m_keys = new QLabel(footer);
    m_keys->setTextFormat(Qt::RichText); // made of our own words only
    kit::setTone(m_keys, m_theme, Token::Muted, Theme::Type::Small);
    m_send = new QPushButton(tr("Send"), footer);
    m_send->setObjectName(u"paletteSend"_s);
    m_send->setProperty("primary", true);
    m_send->setAutoDefault(false);
    connect(m_send, &QPushButton::clicked, this, [this] { submit(false); });
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(kSide, 8, kSide, 8);
    row->addWidget(m_keys, 1);
    row->addWidget(m_send);
    return footer;
}

void PaletteView::restyle()
{
    refresh();
    Chooser::restyle();
}

void PaletteView::fit(int room)
{
    if (m_model->rowCount() > 0) {
        QStyleOptionViewItem option;
        const int row = m_delegate->sizeHint(option, m_model->index(0, 0)).height();
        const int rows = std::min(m_model->rowCount(), m_form->isEmpty() ? kShownRows : kShownRowsWithForm);
        m_list->setFixedHeight(row * rows);
    }
    // The form takes what it needs, up to what is left of the window.
    const int wanted = m_form->isEmpty() ? 0 : m_form->sizeHint().height();
    m_formArea->setFixedHeight(wanted);
    const int height = m_card->sizeHint().height();
    if (height > room && wanted > 0)
        m_formArea->setFixedHeight(std::max(60, wanted - (height - room)));
}

} // namespace ridealong::paletteview
