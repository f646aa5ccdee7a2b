// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// QEventLoop, instance() and tr() may be spoken of.
void f(QCoreApplication* application, Tree& tree)
{
    QThreadPool::globalInstance()->start([] { });
    tree.str();
    QObject::connect(application, &QCoreApplication::aboutToQuit, application, [] { });
}
