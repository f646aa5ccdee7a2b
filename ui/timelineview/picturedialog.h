// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "chat/attachment.h"

#include <QDialog>
#include <QImage>

class QLabel;
class QScrollArea;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::timelineview {

/// One picture, as large as there is room; its own size on a click. Reads it beside the event loop.
class PictureDialog : public QDialog
{
    Q_OBJECT
public:
    PictureDialog(kit::Theme& theme, const chat::Attachment& file, const QString& path, QWidget* parent = nullptr);
    ~PictureDialog() override;

    bool isFitted() const { return m_fitted; }
    const QImage& picture() const { return m_picture; } ///< null: not read yet, or broken
    void setFitted(bool fitted);

signals:
    void saveRequested();
    void loaded(); ///< or found broken

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void present(const base::Expected<QImage>& picture);
    void arrange();

    kit::Theme& m_theme;
    QString m_name;
    QImage m_picture;
    QScrollArea* m_scroll;
    QLabel* m_label;
    QLabel* m_title; ///< the name, as much as there is room for
    QLabel* m_facts;
    QToolButton* m_fit;
    bool m_fitted = true;
    base::Worker m_worker; ///< last
};

} // namespace ridealong::timelineview
