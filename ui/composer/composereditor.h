// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QImage>
#include <QPlainTextEdit>

#include <functional>

namespace ridealong::kit {
class Theme;
}

class QDropEvent;
class QMimeData;

namespace ridealong::composer {

/// The files of this machine that something dragged or copied consists of; none when it is (also) something else.
QStringList localFiles(const QMimeData& source);
/// Whatever was proposed: after a move the file manager would delete what was only read. Refuses what cannot be copied.
void acceptAsCopy(QDropEvent& event);

/// The field of the composer: as high as its text, from one line to kMaxShownLines, then it scrolls.
class ComposerEditor : public QPlainTextEdit
{
    Q_OBJECT
public:
    static constexpr int kMaxShownLines = 10;

    explicit ComposerEditor(kit::Theme& theme, QWidget* parent = nullptr);

    bool isBlank() const; ///< only spaces and line ends
    bool isEmpty() const; ///< cheap: asked for on every key
    QString firstWord() const;
    void setMono(bool mono);
    /// What is pasted or dropped goes through this first.
    void setPrepareInsert(std::function<QString(const QString&)> prepare) { m_prepareInsert = std::move(prepare); }
    void fitHeight();
    /// What else may be pasted or dropped here.
    void setTakesFiles(bool takes) { m_takesFiles = takes; }

    QSize sizeHint() const override { return {240, height()}; }
    QSize minimumSizeHint() const override { return {120, minimumHeight()}; }

signals:
    void filesGiven(const QStringList& paths);
    void pictureGiven(const QImage& picture);

protected:
    bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    kit::Theme& m_theme;
    std::function<QString(const QString&)> m_prepareInsert;
    bool m_mono = false;
    bool m_takesFiles = false;
};

/// What stands around it: one line and round corners, the focus ring while the editor has the focus.
class ComposerCard : public QFrame
{
    Q_OBJECT
public:
    ComposerCard(kit::Theme& theme, QWidget* parent) : QFrame(parent), m_theme(theme) {}

    void setRing(bool ring);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    kit::Theme& m_theme;
    bool m_ring = false;
};

} // namespace ridealong::composer
