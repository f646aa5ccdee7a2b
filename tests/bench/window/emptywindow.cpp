// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
// The floor that every program of this toolkit stands on here: a window of Ridealong's size with one line of text.
#include <QApplication>
#include <QLabel>
#include <QMainWindow>

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    window.setCentralWidget(new QLabel(QStringLiteral("empty")));
    window.resize(1440, 900);
    window.show();
    return application.exec();
}
