// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "console/detectors.h"
#include "console/inlinepicture.h"

namespace ridealong::console {

/// Pictures, with no more words than captions have.
bool isPictures(const FormatSample& sample)
{
    int pictures = 0;
    int others = 0;
    const auto count = [&](const std::vector<SampleLine>& lines) {
        for (const SampleLine& line : lines)
            if (!line.isBlank)
                // A large one goes on behind the sample: its end is not seen.
                ++(pictureIn(line.text) || (sample.cutInLine && pictureIn(line.text + ')')) ? pictures : others);
    };
    count(sample.head);
    if (pictures > 0)
        count(sample.tail);
    return pictures > 0 && others <= 2 * kMaxProseLines + pictures;
}

} // namespace ridealong::console
