// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "consoleview/bodies.h"

#include "console/tableshape.h"
#include "consoleview/codebody.h"
#include "consoleview/diffbody.h"
#include "consoleview/imagebody.h"
#include "consoleview/logbody.h"
#include "consoleview/markdownbody.h"
#include "consoleview/stackbody.h"
#include "consoleview/tablebody.h"
#include "consoleview/treebody.h"

namespace ridealong::consoleview {

using console::Format;

namespace {

bool maybeTable(const console::LineStore& lines)
{
    if (TreeBody::maybeJson(lines))
        return true; // a list of objects
    return console::findTable(console::sampleOf(lines)).has_value();
}

/// In the order of the menu.
constexpr BodyKind kKinds[] = {
    {Format::Json, TreeBody::make, TreeBody::maybeJson},
    {Format::Yaml, TreeBody::make, TreeBody::maybeYaml},
    {Format::Table, TableBody::make, maybeTable},
    {Format::Diff, DiffBody::make, DiffBody::maybe},
    {Format::Log, LogBody::make, LogBody::maybe},
    {Format::StackTrace, StackBody::make, StackBody::maybe},
    {Format::Markdown, MarkdownBody::make, CodeBody::maybe},
    {Format::Code, CodeBody::make, CodeBody::maybe},
    {Format::Image, ImageBody::make, ImageBody::maybe},
};

} // namespace

const BodyKind* bodyKindOf(Format format)
{
    const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const BodyKind& one) { return one.format == format; });
    return kind == std::end(kKinds) ? nullptr : kind;
}

QList<Format> formatsFor(const console::LineStore& lines, Format detected)
{
    QList<Format> formats{Format::Text};
    for (const BodyKind& kind : kKinds)
        if (kind.format == detected || kind.fits(lines))
            formats << kind.format;
    return formats;
}

} // namespace ridealong::consoleview
