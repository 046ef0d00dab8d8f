internal import Foundation
internal import Support
internal import Testing

@testable internal import Families

@Suite("A folder of families")
struct FolderTests {
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "families-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do {
                try FileManager.default.removeItem(at: folder)
            } catch { Issue.record(error) }
        }
        try body(folder)
    }

    @Test("reads as it was written")
    func roundTrip() throws {
        let families = try Demonstration(children: 30, seed: 3).families
        try withFolder { folder in
            try FamilyFolder(folder.path).write(families)
            let read = try FamilyFolder(folder.path).read(Registry.read(Demonstration.folder))
            #expect(read.map(\.name) == families.map(\.name))
            #expect(read.map { $0.steps.map(\.document) } == families.map { $0.steps.map(\.document) })
            #expect(read.map { $0.steps.map(\.target) } == families.map { $0.steps.map(\.target) })
        }
    }

    @Test("may hold somebody's own forms: a child, parents and visits are made round them")
    func own() throws {
        func form(_ source: String, _ encounter: String, _ authored: String) -> JSONValue {
            [
                "resourceType": "QuestionnaireResponse", "subject": ["reference": "Patient/42"],
                "source": ["reference": .string(source)], "encounter": ["reference": .string(encounter)],
                "authored": .string(authored),
            ]
        }
        try withFolder { folder in
            let forms = [
                form("RelatedPerson/7", "Encounter/later", "2026-11-01T09:00:00Z"),
                form("RelatedPerson/7", "Encounter/first", "2026-10-01T09:00:00Z"),
                form("RelatedPerson/8", "Encounter/first", "2026-10-01T09:10:00Z"),
            ]
            for (index, form) in forms.enumerated() {
                try JSONEncoder().encode(form).write(to: folder.appending(path: "\(index).json"))
            }
            let families = try FamilyFolder(folder.path).read(Registry.read(Demonstration.folder))
            let family = try #require(families.first)
            #expect(families.count == 1)
            #expect(family.steps.map(\.kind) == [.child, .visit, .form, .form, .visit, .form])
            #expect(family.steps[1].document["present"] == ["@parent-1", "@parent-2"])
            #expect(family.steps[5].document["encounter"]?["reference"] == "Encounter/@visit-2")
        }
    }

    @Test("says which file it doesn't understand")
    func strange() throws {
        try withFolder { folder in
            try Data("{}".utf8).write(to: folder.appending(path: "x.json"))
            #expect { try FamilyFolder(folder.path).read(Registry.read(Demonstration.folder)) } throws: {
                "\($0)".contains("x.json")
            }
        }
    }

    @Test("speaks of ids by names until they are known")
    func names() {
        var names = Names()
        names.bind("visit-1", to: "0190")
        #expect(names.resolve(["a": "Encounter/@visit-1", "b": "@visit-1"]) == ["a": "Encounter/0190", "b": "0190"])
        #expect(names.resolve("somebody@visit-1") == "somebody@visit-1")
        #expect(names.resolve("@visit-2") == "@visit-2")
    }
}
