// SPDX-FileCopyrightText: 2026 The Ridealong authors
// SPDX-License-Identifier: Apache-2.0
#include "servers/certificates.h"

#include "servers/waituntil.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QSslCertificate>

#include <sys/stat.h>

namespace ridealong::tests {

namespace {

// `openssl ca`, not `openssl x509`, because it is the one that takes a day in the past in every version.
constexpr const char* kScript = R"(
set -e
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
mkdir -p issued
: >index
cat >ca.conf <<CONF
[ca]
default_ca = test
[test]
database = index
new_certs_dir = issued
rand_serial = yes
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
CONF
key ca
openssl req -x509 -new -key ca.key -subj '/CN=Ridealong test authority' -days 30 -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -out ca.crt
issue() { # NAME SUBJECT NAMES START END USE
    key "$1"
    openssl req -new -key "$1.key" -subj "/CN=$2" -out "$1.csr"
    printf 'basicConstraints=CA:FALSE\nextendedKeyUsage=%s\nsubjectAltName=%s\n' "$6" "$3" >"$1.ext"
    openssl ca -batch -notext -config ca.conf -cert ca.crt -keyfile ca.key -in "$1.csr" -extfile "$1.ext" -startdate "$4" -enddate "$5" -out "$1.crt"
}
ours=DNS:localhost,DNS:chat.test,IP:127.0.0.1
start=$(date -u -d '-1 day' +%Y%m%d%H%M%SZ)
end=$(date -u -d '+30 days' +%Y%m%d%H%M%SZ)
issue good localhost "$ours" "$start" "$end" serverAuth
issue expired localhost "$ours" 20200101000000Z 20200201000000Z serverAuth
issue wronghost elsewhere.test DNS:elsewhere.test "$start" "$end" serverAuth
issue client alice DNS:alice.test "$start" "$end" clientAuth
key selfsigned
openssl req -x509 -new -key selfsigned.key -subj /CN=localhost -days 30 -addext subjectAltName="$ours" -out selfsigned.crt
chmod 755 . && chmod 644 *.key *.crt
)";

QString fileName(ServerCertificate which)
{
    switch (which) {
    case ServerCertificate::Good: return QStringLiteral("good");
    case ServerCertificate::SelfSigned: return QStringLiteral("selfsigned");
    case ServerCertificate::Expired: return QStringLiteral("expired");
    case ServerCertificate::WrongHost: return QStringLiteral("wronghost");
    }
    return {};
}

} // namespace

Certificates::Certificates()
{
    QProcess shell;
    shell.setWorkingDirectory(m_folder.path());
    shell.setProcessChannelMode(QProcess::MergedChannels);
    shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), QString::fromLatin1(kScript)});
    const bool ended = waitUntil([&shell] { return shell.state() == QProcess::NotRunning; });
    if (!ended || shell.exitStatus() != QProcess::NormalExit || shell.exitCode() != 0)
        m_error = QStringLiteral("the certificates could not be made: %1").arg(QString::fromUtf8(shell.readAll()));
}

QString Certificates::certificateFile(ServerCertificate which) const { return m_folder.filePath(fileName(which) + QStringLiteral(".crt")); }
QString Certificates::keyFile(ServerCertificate which) const { return m_folder.filePath(fileName(which) + QStringLiteral(".key")); }

QByteArray Certificates::clientFingerprint() const
{
    const QList<QSslCertificate> chain = QSslCertificate::fromPath(clientCertificateFile());
    return chain.isEmpty() ? QByteArray() : chain.first().digest(QCryptographicHash::Sha256).toHex();
}

} // namespace ridealong::tests
