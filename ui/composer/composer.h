// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chat/commandspec.h"
#include "chat/message.h"

#include <QImage>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;
class QToolButton;

namespace ridealong::kit {
class ConfirmBar;
class Theme;
} // namespace ridealong::kit

namespace ridealong::spell {
class Speller;
}

namespace ridealong::composer {

class AttachmentStrip;
class CompletionList;
class ComposerCard;
class ComposerEditor;
class EmojiGrid;
class Spelling;

/// What a text would do if it were sent now.
struct CommandState
{
    bool command = false;
    chat::Risk risk = chat::Risk::Unknown;
    QString environment = {}; ///< empty: that of the conversation
    bool needsReview = false;

    bool operator==(const CommandState&) const = default;
};

/// One offer for the word that is being written.
struct Completion
{
    QString text; ///< takes the word's place
    QString label = {}; ///< shown; empty: the text
    QString detail = {};
};

/// Where messages are written. It grows with the text, knows messages from commands, and never loses what was typed: what
/// is edited or answered stands in a banner, what was there before comes back.
class Composer : public QWidget
{
    Q_OBJECT
public:
    struct Context
    {
        QString placeholder = {};
        QString environment = {};
        bool production = false;
        QString name = {}; ///< "#ops": typed to confirm; empty: the environment is typed
    };
    using KindOf = std::function<CommandState(const QString& text)>;
    /// `word`: with its '@', '#' or ':'; or all that stands before the caret, for commands.
    using Completer = std::function<QList<Completion>(const QString& word)>;

    explicit Composer(kit::Theme& theme, QWidget* parent = nullptr);
    ~Composer() override;

    void setContext(const Context& context);
    /// A stored draft, or what could not be sent. Ends a reply or an edit; not reported by draftChanged.
    void setText(const QString& text);
    QString text() const;
    void setNotice(const QString& words, bool error); ///< the line above; empty takes it away
    void setReply(const chat::Message& message);
    void setEdit(const chat::Message& message);
    bool isEditing() const { return m_edit.has_value(); }
    void cancelMode(); ///< out of reply or edit; what was written before the edit comes back
    void setEnterSends(bool enterSends);
    void setKindOf(KindOf kindOf);
    void setCompleter(Completer completer);
    void setSpeller(spell::Speller* speller); ///< null: nothing is underlined
    QPlainTextEdit* editor() const;
    /// The files that go with the message; they do not change by themselves.
    void setAttachments(const QList<chat::Attachment>& files);
    const QList<chat::Attachment>& attachments() const { return m_files; }
    void setAttaching(int files); ///< so many are being copied: nothing is sent until they are there
    /// Empty: files can be attached. Else why they cannot.
    void setNoFiles(const QString& why);
    bool takesFiles() const { return m_noFiles.isEmpty(); }

public slots:
    void focusEditor();
    /// Reports a waiting draftChanged and the end of typing at once. Call before another conversation is shown.
    void flush();

signals:
    /// Text and files are gone from here by then; one of them may be empty.
    void sendRequested(const QString& text, const ridealong::base::MessageId& replyTo, const QList<ridealong::chat::Attachment>& files);
    void attachRequested(); ///< the button: which?
    void filesGiven(const QStringList& paths); ///< pasted or dropped
    void pictureGiven(const QImage& picture);
    void attachmentRemoved(int index);
    void editSubmitted(const ridealong::chat::Message& message, const QString& text);
    void editLastRequested();
    void typingChanged(bool typing);
    void draftChanged(const QString& text); ///< not while a sent message is being edited

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    void connectAll();
    bool handleKey(int key, Qt::KeyboardModifiers modifiers);
    bool completionKey(int key, Qt::KeyboardModifiers modifiers);
    void onTextChanged();
    void inspect(); ///< kind and completions of what stands here now
    void applyState(const CommandState& state);
    void submit();
    void send(const QString& text);
    void replaceText(const QString& text);
    void endTyping();
    void endMode();
    void showCompletions();
    void acceptCompletion();
    QString wordAtCaret() const;
    QString prepareInsert(const QString& pasted);
    bool needsReview() const;
    bool isProduction() const;
    QString environment() const;
    void refreshFoot();
    void refreshPreview();
    void toggleEmoji();
    bool isBlank() const; ///< nothing that could be sent

    kit::Theme& m_theme;
    Context m_context;
    CommandState m_state;
    KindOf m_kindOf;
    Completer m_completer;
    QString m_firstWord;
    std::optional<chat::Message> m_reply;
    std::optional<chat::Message> m_edit;
    QString m_kept; ///< what stood here before an edit
    QString m_asked; ///< the text that is being confirmed
    QList<chat::Attachment> m_files;
    QString m_noFiles;
    int m_attaching = 0;
    bool m_enterSends = true;
    bool m_typing = false;
    bool m_replacing = false; ///< text changes by us, not by typing
    QTimer m_inspectTimer;
    QTimer m_typingTimer;
    QTimer m_draftTimer;
    QTimer m_previewTimer;

    QLabel* m_notice;
    QLabel* m_own; ///< what we did to a text that was pasted
    QWidget* m_banner;
    QLabel* m_bannerWords;
    QToolButton* m_bannerClose;
    kit::ConfirmBar* m_confirm;
    ComposerCard* m_card;
    QTextBrowser* m_preview;
    QWidget* m_previewRule;
    ComposerEditor* m_editor;
    Spelling* m_spelling;
    QToolButton* m_markdown;
    QToolButton* m_emoji;
    QToolButton* m_attach;
    AttachmentStrip* m_strip;
    QLabel* m_hint;
    QPushButton* m_button;
    QPointer<CompletionList> m_completions;
    QPointer<EmojiGrid> m_emojis;
};

} // namespace ridealong::composer
