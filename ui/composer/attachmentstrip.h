// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/attachment.h"

#include <QWidget>

namespace ridealong::kit {
class Theme;
}

namespace ridealong::composer {

/// The files that go with what is being written: one chip each, in as many lines as they need.
class AttachmentStrip : public QWidget
{
    Q_OBJECT
public:
    explicit AttachmentStrip(kit::Theme& theme, QWidget* parent = nullptr);

    void set(const QList<chat::Attachment>& files);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return place(width, false); }
    QSize sizeHint() const override { return {240, place(width(), false)}; }

signals:
    void removed(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuild();
    int place(int width, bool move) const; ///< the height that it takes

    kit::Theme& m_theme;
    QList<chat::Attachment> m_files;
    QList<QWidget*> m_chips;
};

} // namespace ridealong::composer
