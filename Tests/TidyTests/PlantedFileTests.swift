import Testing

@Suite("A planted violation among the files is found")
struct PlantedFileTests {
    @Test("where something else stands at the top")
    func topLevel() {
        let names = [".git", ".ci", "LICENSE", "Package.swift", "Package.resolved", "docs", "Services", "Makefile"]
        #expect(RepositoryRules.topLevel(names).map(\.path) == ["Package.resolved", "docs", "Makefile"])
    }

    @Test("where a script can't be started or doesn't stop at its first failure")
    func scripts() {
        let good = "#!/usr/bin/env bash\nset -euo pipefail\n"
        #expect(RepositoryRules.script(SourceFile("compose/run", good, isExecutable: true)) == [])
        #expect(RepositoryRules.script(SourceFile("compose/run", good)).count == 1)
        #expect(RepositoryRules.script(SourceFile("compose/run", "#!/bin/sh\nset -e\n", isExecutable: true)).count == 1)
        #expect(RepositoryRules.script(SourceFile("compose/part.sh", "echo\n")).count == 2)
        #expect(RepositoryRules.script(SourceFile("compose/table.py", "#!/usr/bin/env python3\n")) == [])
    }

    @Test("where a registry's host is named")
    func registryHost() {
        let host = "https://PYPI" + "." + "org/simple"
        #expect(RepositoryRules.registryHost(SourceFile("README.md", "a\npip -i \(host)\n")).map(\.line) == [2])
    }
}
