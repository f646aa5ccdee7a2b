// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "xmpp/roomfeatures.h"

#include "xmpp/namespaces.h"

namespace ridealong::xmpp {
namespace {

using namespace Qt::StringLiterals;

struct Row
{
    QStringView feature;
    bool RoomFeatures::*flag;
};
constexpr Row kFlags[] = {
    {u"urn:xmpp:mam:2", &RoomFeatures::archive},
    {u"urn:xmpp:mam:2#extended", &RoomFeatures::extendedArchive},
    {u"http://jabber.org/protocol/muc#stable_id", &RoomFeatures::stableIds},
    {ns::kOccupantId, &RoomFeatures::occupantIds},
    {u"muc_passwordprotected", &RoomFeatures::passwordProtected},
    {u"muc_membersonly", &RoomFeatures::membersOnly},
    {u"muc_moderated", &RoomFeatures::moderated},
    {u"muc_nonanonymous", &RoomFeatures::showsAddresses},
    {u"muc_hidden", &RoomFeatures::hidden},
    {u"muc_persistent", &RoomFeatures::persistent},
};

} // namespace

Element roomFeaturesRequest(const QString& room)
{
    return Element(u"iq", ns::kClient).with(u"type", u"get"_s).with(u"to", room).with(Element(u"query", ns::kDiscoInfo));
}

std::optional<RoomFeatures> readRoomFeatures(const Element& answer)
{
    const Element* query = answer.find(u"query", ns::kDiscoInfo);
    if (!query)
        return std::nullopt;
    RoomFeatures features;
    bool isRoom = false;
    for (const Element* feature : query->children(u"feature", ns::kDiscoInfo)) {
        const QString var = feature->attribute(u"var");
        isRoom |= var == ns::kMuc;
        for (const Row& row : kFlags)
            if (var == row.feature)
                features.*row.flag = true;
    }
    for (const Element* identity : query->children(u"identity", ns::kDiscoInfo))
        if (identity->attribute(u"category") == "conference"_L1 && features.name.isEmpty())
            features.name = identity->attribute(u"name").left(RoomFeatures::kMaxTextChars);
    if (const Element* form = query->find(u"x", ns::kDataForm))
        for (const Element* field : form->children(u"field", ns::kDataForm)) {
            const QString var = field->attribute(u"var"), value = field->textOf(u"value", ns::kDataForm);
            if (var == "muc#roominfo_description"_L1)
                features.description = value.left(RoomFeatures::kMaxTextChars);
            // ejabberd's name and Prosody's; the latter leaves the value of a "no" out.
            if (var == "muc#roominfo_changesubject"_L1 || var == "muc#roomconfig_changesubject"_L1)
                features.onlyModeratorsSetSubject = value != "1"_L1 && value != "true"_L1;
        }
    return isRoom ? std::optional(features) : std::nullopt;
}

} // namespace ridealong::xmpp
