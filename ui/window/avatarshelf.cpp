// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "window/avatarshelf.h"

#include "chat/avatars.h"
#include "kit/picture.h"

namespace ridealong::window {

namespace {

/// The middle of it, where it is not square.
base::Expected<QImage> decode(const QByteArray& bytes)
{
    constexpr int kMost = AvatarShelf::kSide * 4; // so much of a long one is cut away
    const auto picture = kit::readPicture(bytes, {kMost, kMost});
    if (!picture)
        return picture.error();
    const int side = std::min(picture->width(), picture->height());
    const QRect middle((picture->width() - side) / 2, (picture->height() - side) / 2, side, side);
    return picture->copy(middle).scaled(AvatarShelf::kSide, AvatarShelf::kSide, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

} // namespace

AvatarShelf::AvatarShelf(workspace::Workspace& workspace, base::Worker& decoder, QObject* parent)
    : QObject(parent),
      m_workspace(workspace),
      m_decoder(decoder)
{
    connect(&workspace, &workspace::Workspace::accountAdded, this, &AvatarShelf::watch);
    for (const workspace::Account* account : workspace.accounts())
        watch(account->config().id);
}

void AvatarShelf::watch(const base::AccountId& id)
{
    workspace::Account* account = m_workspace.account(id);
    if (chat::AvatarFacet* avatars = account ? account->backend().facets().avatars : nullptr)
        connect(avatars, &chat::AvatarFacet::changed, this, &AvatarShelf::changed);
}

QPixmap AvatarShelf::picture(const base::AccountId& id, const base::UserId& user)
{
    workspace::Account* account = m_workspace.account(id);
    chat::AvatarFacet* avatars = account ? account->backend().facets().avatars : nullptr;
    const QString hash = avatars ? avatars->hash(user) : QString();
    if (hash.isEmpty())
        return {};
    if (const QPixmap* kept = m_kept.object(hash))
        return *kept;
    if (m_asked.contains(hash) || !account->isConnected())
        return {};
    m_asked.insert(hash);
    avatars->fetch(user).then(this, [this, hash](const base::Expected<QByteArray>& bytes) {
        if (!bytes)
            return take(hash, bytes.error());
        m_decoder.run([bytes = *bytes] { return decode(bytes); }).then(this, [this, hash](const base::Expected<QImage>& picture) {
            take(hash, picture);
        });
    });
    return {};
}

void AvatarShelf::take(const QString& hash, const base::Expected<QImage>& picture)
{
    using base::ErrorKind;
    m_asked.remove(hash);
    const bool mayComeLater = !picture
        && (picture.error().kind == ErrorKind::Offline || picture.error().kind == ErrorKind::Timeout
            || picture.error().kind == ErrorKind::RateLimited);
    if (mayComeLater) // when the row is painted again
        return;
    m_kept.insert(hash, new QPixmap(picture ? QPixmap::fromImage(*picture) : QPixmap()));
    emit changed();
}

} // namespace ridealong::window
