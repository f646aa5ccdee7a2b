// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/expected.h"
#include "chat/form.h"
#include "xmpp/element.h"

namespace ridealong::xmpp {

// What is longer for people only is cut. What has to go back as it came is not: such a form is refused.
inline constexpr qsizetype kMaxFormFields = 200;
inline constexpr qsizetype kMaxFormOptions = 1000; ///< of one field
inline constexpr qsizetype kMaxFormLines = 10'000; ///< values of one field
inline constexpr qsizetype kMaxFormKeyChars = 512;
inline constexpr qsizetype kMaxFormValueChars = 64 << 10; ///< of one value, and of the instructions
inline constexpr qsizetype kMaxFormLabelChars = 1000; ///< of labels, titles and descriptions
inline constexpr qsizetype kMaxFormPatternChars = 512;
inline constexpr qsizetype kMaxTableColumns = 50;
inline constexpr qsizetype kMaxTableRows = 1000;
inline constexpr qsizetype kMaxTableCellChars = 4096;

/// A form of XEP-0004 to be answered or, of the type "result", to be read; fields of types that nobody knows are lines of text. The rows of
/// a result are readTable()'s. Errors: Protocol (none, or beyond the limits).
base::Expected<chat::Form> readForm(const Element& x);
/// The rows of a result. Without a list of columns the rows tell which there are. Empty: it has none.
chat::FormTable readTable(const Element& x);

/// The answer to a form that readForm() read. Hidden fields, FORM_TYPE among them, go back as they came, whatever `values` says. A field
/// that has no value and had none is left out; one that was emptied is sent without a value.
Element submitForm(const chat::Form& form, const chat::FormValues& values);
Element cancelForm();

} // namespace ridealong::xmpp
