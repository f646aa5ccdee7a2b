// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>
#include <QTemporaryDir>
#include <QTest>

namespace ridealong::tests {

/// Certificates made by the openssl program when a test starts, so that none in the tree ever expires. Each is NAME.pem (certificate,
/// what signed it, key) in a folder that goes with this object.
class TestCertificates
{
public:
    TestCertificates()
    {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=Test-Authority -keyout ca.key -out ca.pem");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=Other -keyout other.key -out other.pem");
        write("ca.cnf",
            "[ca]\ndefault_ca=d\n[d]\ndatabase=db\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName="
            "supplied\n");
        write("db", {});
        write("serial", "01\n");
        sign("good", "DNS:localhost,IP:127.0.0.1,IP:::1");
        sign("otherhost", "DNS:elsewhere.example");
        sign("expired", "DNS:localhost,IP:127.0.0.1", "20200101000000Z", "20200201000000Z");
        sign("client", "DNS:client.example");
        openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=self -addext subjectAltName=DNS:localhost,IP:127.0.0.1 "
            "-sha384 -keyout self.key -out self.crt");
        write("self.pem", read("self.crt") + read("self.key"));
    }

    QString path(const QString& name) const { return m_folder.filePath(name); }
    QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QByteArray read(const char* name) const { return read(QString::fromLatin1(name)); }
    QSslCertificate certificate(const QString& name) const
    {
        return QSslCertificate::fromData(read(name + QStringLiteral(".pem")), QSsl::Pem).value(0);
    }

    /// A server's side with the certificate `name`.
    QSslConfiguration server(const QString& name) const
    {
        auto configuration = QSslConfiguration::defaultConfiguration();
        const auto pem = read(name + QStringLiteral(".pem"));
        configuration.setLocalCertificateChain(QSslCertificate::fromData(pem, QSsl::Pem));
        configuration.setPrivateKey(QSslKey(pem, QSsl::Ec));
        configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        return configuration;
    }
    /// The same, and it demands a certificate of ours.
    QSslConfiguration demandingServer(const QString& name) const
    {
        auto configuration = server(name);
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        configuration.setCaCertificates(QSslCertificate::fromData(read("ca.pem"), QSsl::Pem));
        return configuration;
    }

private:
    void write(const char* name, const QByteArray& bytes) const
    {
        QFile file(path(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("%s cannot be written", name);
    }

    void sign(const char* name, const char* alternativeNames, const char* from = nullptr, const char* until = nullptr) const
    {
        const QByteArray n = name;
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + n + " -keyout " + n + ".key -out " + n + ".csr");
        write("extensions", "basicConstraints=CA:FALSE\nsubjectAltName=" + QByteArray(alternativeNames) + "\n");
        const QByteArray dates = from ? QByteArray(" -startdate ") + from + " -enddate " + until : QByteArray(" -days 10");
        openssl("ca -batch -notext -config ca.cnf -extfile extensions -cert ca.pem -keyfile ca.key -in " + n + ".csr -out " + n + ".crt" + dates);
        const auto file = n + ".pem";
        write(file.constData(), read((n + ".crt").constData()) + read("ca.pem") + read((n + ".key").constData()));
    }

    void openssl(const QByteArray& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral("openssl"), QString::fromLatin1(arguments).split(QLatin1Char(' ')));
        if (!process.waitForFinished() || process.exitCode() != 0)
            qFatal("openssl %s: %s %s", arguments.constData(), qPrintable(process.errorString()), process.readAllStandardError().constData());
    }

    QTemporaryDir m_folder;
};

} // namespace ridealong::tests
