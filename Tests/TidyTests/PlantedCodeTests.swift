import Testing

@Suite("A planted violation in code is found")
struct PlantedCodeTests {
    @Test("where a file, a function or a line is too long, and not at the bound")
    func sizes() {
        func function(_ lines: Int) -> SourceFile {
            SourceFile("A.swift", "\nfunc f() {\n" + String(repeating: "a()\n", count: lines - 2) + "}\n")
        }
        #expect(SizeRules.functions(function(70)) == [])
        #expect(SizeRules.functions(function(71)).map(\.line) == [2])
        #expect(SizeRules.file(SourceFile("A.swift", String(repeating: "\n", count: 300))) == [])
        #expect(SizeRules.file(SourceFile("A.swift", String(repeating: "\n", count: 301))).count == 1)
        #expect(SizeRules.lines(SourceFile("A.swift", String(repeating: "å", count: 120))) == [])
        #expect(SizeRules.lines(SourceFile("A.swift", "\n" + String(repeating: "å", count: 121))).map(\.line) == [2])
    }

    @Test("where a path or a type has a name that says nothing")
    func names() {
        for path in [
            "Shared/Utils/A.swift", "Shared/Store/StoreHelper.swift", "compose/common", "Shared/A/Managers/B.c",
        ] {
            #expect(NameRules.paths(SourceFile(path, "")).count == 1, "\(path)")
        }
        #expect(NameRules.paths(SourceFile("Shared/Events/CommonMembers.swift", "")) == [])
        let text = """
            struct StoreManager {}
            enum Util {}
            struct CommonMembers {}
            let files = FileManager.default
            extension FileManager {}
            """
        #expect(NameRules.types(SourceFile("A.swift", text)).map(\.line) == [1, 2])
    }

    @Test("where shipped code prints, and not where a tool does")
    func printing() {
        let text = "print(1)\n    debugPrint(1)\n// print(1)\ntable.print(1)\nlet a = \"print(1)\"\nreprint(1)"
        #expect(CallRules.printing(SourceFile("Services/Intake/A.swift", text)).map(\.line) == [1, 2])
        #expect(CallRules.printing(SourceFile("Tests/Benchmark/A.swift", text)) == [])
    }

    @Test("where fatalError is called")
    func fatal() {
        let text = "guard a else { fatalError(\"b\") }\n/// fatalError()\n"
        #expect(CallRules.fatal(SourceFile("Tests/A/A.swift", text)).map(\.line) == [1])
    }

    @Test("where a task is detached")
    func detachedTask() {
        let text = "Task.detached { }\nTask { }\nTask<Void, Never>.detached {}\nThread.detachNewThread {}"
        #expect(CallRules.detachedTask(SourceFile("A.swift", text)).map(\.line) == [1, 3])
    }

    @Test("where a failed read or write is swallowed, and not where text is parsed")
    func swallowedFailure() {
        let text = """
            let a = try? Data(contentsOf: file)
            defer { try? FileManager.default.removeItem(at: file) }
            try? await store.commit()
            let b = (try? Date(text, strategy: c)) ?? (try? connection.readLine())
            let d = try? container.decode(Int.self)
            let e = try? Date(text, strategy: readable)
            """
        #expect(CallRules.swallowedFailure(SourceFile("A.swift", text)).map(\.line) == [1, 2, 3, 4])
    }

    @Test("where an unchecked Sendable has no proof beside it")
    func uncheckedSendable() {
        let text = """
            final class A: @unchecked Sendable {}
            /// A box.
            struct B: @unchecked Sendable {}
            // Only the poll thread touches the handle.
            @frozen
            struct C: @unchecked Sendable {}
            struct D: @unchecked Sendable {}  // Guarded by `lock`.
            """
        #expect(SendableRule.unchecked(SourceFile("A.swift", text)).map(\.line) == [1, 3])
    }
}
