#include "console/console.h"
namespace ridealong::console {
struct Console::Data {};
Console::Console(QObject* p) : QObject(p) {}
Console::~Console() = default;
void Console::apply(const chat::RunReport&) {}
base::Async<base::Done> Console::append(const base::RunId&, const QByteArray&) { return base::Async<base::Done>::ready(base::Done{}); }
const Run* Console::find(const base::RunId&) const { return nullptr; }
}
