// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/worker.h"
#include "chat/attachment.h"

#include <QDialog>
#include <QImage>

class QLabel;
class QMouseEvent;
class QScrollArea;
class QToolButton;

namespace ridealong::kit {
class Theme;
}

namespace ridealong::timelineview {

/// One picture, as large as there is room; its own size on a click, and moved by dragging then. Reads and scales it beside the
/// event loop.
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
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Opened
    {
        QImage image;
        QSize pixels; ///< of the file; the image is not larger than what is shown of one
    };
    void present(const base::Expected<Opened>& opened);
    void arrange();
    void smoothen(const QSize& size);
    void pointOn(const QMouseEvent& event);

    kit::Theme& m_theme;
    QString m_name;
    QImage m_picture;
    QImage m_smooth; ///< the picture scaled with care, for the room there was
    bool m_smoothing = false;
    QScrollArea* m_scroll;
    QLabel* m_label;
    QLabel* m_title; ///< the name, as much as there is room for
    QLabel* m_facts;
    QToolButton* m_fit;
    bool m_fitted = true;
    QPoint m_grabbed; ///< where on the screen it was pressed
    QPoint m_scrolled; ///< how far it was scrolled then
    bool m_dragged = false; ///< since the press: it was no click
    std::shared_ptr<base::Worker> m_worker;
};

} // namespace ridealong::timelineview
