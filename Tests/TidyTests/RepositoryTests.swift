import Testing

@Suite("The repository")
struct RepositoryTests {
    private let repository = Repository.current

    @Test("is read at all")
    func isRead() {
        #expect(repository.swift.contains { $0.path == "Tests/TidyTests/RepositoryTests.swift" })
        #expect(repository.shipped.contains { $0.path.hasPrefix("Services/Scoring/") })
        #expect(Set(repository.swift.map(\.targetFolder)).isSuperset(of: ["Shared/Store", "Shared/Runtime"]))
    }

    @Test("is understood: in every source the braces that are code balance")
    func isUnderstood() {
        expectNone(
            repository.swift.compactMap { file in
                let braces = file.code.joined().filter { $0 == "{" || $0 == "}" }
                let isBalanced = braces.filter { $0 == "{" }.count * 2 == braces.count
                return isBalanced
                    ? nil : Violation(file.path, "these tests misread what is a comment or a string in it")
            })
    }

    @Test("has nothing at its top but the package, its folders, the front page and the licence")
    func topLevel() { expectNone(RepositoryRules.topLevel(repository.topLevel)) }

    @Test("imports downwards only, C in one place each, and no service from another")
    func levels() { expectNone(repository.swift.filter { $0.path != "Package.swift" }.flatMap(ImportRules.levels)) }

    @Test("says of every import in shipped code who sees it")
    func importAccess() { expectNone(repository.shipped.flatMap(ImportRules.access)) }

    @Test("lets Store meet Kafka in Delivery only")
    func storeBesideKafka() { expectNone(ImportRules.storeBesideKafka(repository.swift)) }

    @Test("has no file longer than it should be")
    func fileLength() { expectNone(repository.code.flatMap(SizeRules.file)) }

    @Test("has no line longer than it should be")
    func lineLength() { expectNone(repository.code.flatMap(SizeRules.lines)) }

    @Test("has no function longer than it should be")
    func functionLength() { expectNone(repository.swift.flatMap(SizeRules.functions)) }

    @Test("has no file or folder with a name that says nothing")
    func pathNames() { expectNone(repository.files.flatMap(NameRules.paths)) }

    @Test("has no type with a name that says nothing")
    func typeNames() { expectNone(repository.swift.flatMap(NameRules.types)) }

    @Test("doesn't print in shipped code")
    func printing() { expectNone(repository.shipped.flatMap(CallRules.printing)) }

    @Test("doesn't call fatalError")
    func fatal() { expectNone(repository.swift.flatMap(CallRules.fatal)) }

    @Test("has no detached task")
    func detachedTask() { expectNone(repository.swift.flatMap(CallRules.detachedTask)) }

    @Test("doesn't swallow a failed read or write")
    func swallowedFailure() { expectNone(repository.swift.flatMap(CallRules.swallowedFailure)) }

    @Test("proves each unchecked Sendable beside it")
    func uncheckedSendable() { expectNone(repository.swift.flatMap(SendableRule.unchecked)) }

    @Test("has scripts that run, and stop at their first failure")
    func scripts() { expectNone(repository.files.flatMap(RepositoryRules.script)) }

    @Test("names no host of a package registry")
    func registryHost() { expectNone(repository.files.flatMap(RepositoryRules.registryHost)) }
}
