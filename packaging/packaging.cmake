# SPDX-FileCopyrightText: 2026 The Ridealong authors
# SPDX-License-Identifier: Apache-2.0
# What an installed Ridealong consists of, and the Debian package of it (`./dev package`).
include(GNUInstallDirs)

# The two programs are all a package needs; without this cpack would build the tests too.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
install(TARGETS ridealong ridealong-headless RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES packaging/org.ridealong.Ridealong.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES packaging/org.ridealong.Ridealong.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES packaging/org.ridealong.Ridealong.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES packaging/copyright README.md DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/ridealong OPTIONAL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME ridealong)
set(CPACK_PACKAGE_VENDOR "The Ridealong authors")
set(CPACK_PACKAGE_CONTACT "The Ridealong authors <authors@ridealong.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "desktop chat client for engineers")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Conversations, and beside them a console that follows the scripts and bots at work in
them: started from a command palette, their output streamed, coloured and searchable, their end told
once. Several chat networks at the same time; every send ends in a state one can see.")
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
# The libraries the programs link are found by dpkg-shlibdeps; a driver that Qt loads by name is not.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libqt6sql6-sqlite")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "fonts-inter, fonts-dejavu-core, fonts-noto-color-emoji, git")
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)
