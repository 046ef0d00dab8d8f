import Delivery
import Documents
import Events
import Foundation
import Runtime
import Store
import Support
import Testing

@testable import Intake

@Suite("Reference data from files")
struct RegistryTests {
    /// The demo's file with one text replaced.
    static func file(
        _ path: String, replacing: String = "", with other: String = "", in directory: TemporaryDirectory
    ) throws -> String {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(replacing.isEmpty || text.contains(replacing))
        let changed = directory.file(UUID().uuidString + ".json")
        try text.replacing(replacing, with: other, maxReplacements: 1)
            .write(toFile: changed, atomically: true, encoding: .utf8)
        return changed
    }

    static func publish(_ registry: Registry, in store: Store) async throws {
        try await store.write { transaction in
            try PublishRegistry(registry: registry, region: "23").publish(
                to: Outbox(service: .intake, region: "23"),
                because: Cause(trigger: .write(UUID()), time: IntakeUnderTest.now, traceparent: nil),
                now: IntakeUnderTest.now, in: transaction)
        }
    }

    @Test("the demo has eight municipalities' units with their go-live, and an instrument of 18 items, six factors")
    func demo() throws {
        let registry = try Registry(
            registryFile: IntakeUnderTest.registryFile, instrumentFiles: [IntakeUnderTest.instrumentFile])
        #expect(Set(registry.units.map(\.unit.municipality)).count == 8)
        #expect(registry.units.allSatisfy { $0.isSynthetic && ($0.unit.goLive != nil || $0.unit.phase == .planned) })
        #expect(registry.slots.slots.map(\.code) == ["6-8v", "4m", "10m", "18m", "2,5-3y", "4y"])
        let published = registry.instruments[0].published
        #expect(published.definition.items.count == 18 && published.definition.factors.count == 6)
        #expect(!published.licensed && published.definition.signals.map(\.signal) == [.wantsHelp])
        #expect(try published.hashMatches())
    }

    @Test(
        "every fault is named with its file and place",
        arguments: [
            ("\"municipality\": \"2309\"", "\"municipality\": \"9999\"", "#/units/0/municipality"),
            ("\"careProvider\": \"0000000018\"", "\"careProvider\": \"0000000019\"", "#/units/0/careProvider"),
            ("\"tablets\": 4", "\"tablet\": 4", "#/units/0/tablets"), ("\"2,5-3y\"", "\"3y\"", "#/units/0/teamSlots"),
            ("\"value\": \"2023\"", "\"value\": \"2023-H1\"", "#/units/0/goLive/value"),
            ("\"fromDays\": 42", "\"fromDays\": 420", "#/visitSlots/slots/0/toDays"), ("{", "[", "#"),
        ])
    func registryFaults(text: String, other: String, place: String) throws {
        let directory = try TemporaryDirectory()
        let path = try Self.file(IntakeUnderTest.registryFile, replacing: text, with: other, in: directory)
        let fault = #expect(throws: FileFaults.self) {
            try Registry(registryFile: path, instrumentFiles: [IntakeUnderTest.instrumentFile])
        }
        #expect(fault?.description.contains("\(path)\(place):") == true, "\(String(describing: fault))")
    }

    @Test(
        "an instrument whose wording and rules disagree is refused with the place",
        arguments: [
            ("\"version\": \"1.1.0\"", "\"version\": \"1.1.1\"", "#/questionnaire/version"),
            ("\"linkId\": \"cs-1\"", "\"linkId\": \"cs-9\"", "#/definition/items"),
            ("\"code\": \"yes\",\n", "\"code\": \"yea\",\n", "#/definition/items/0/options"),
            ("\"item\": \"cs-1\"", "\"item\": \"cs-9\"", "#/definition/rules/0/triggers/0/item"),
            ("\"kind\": \"any-of\"", "\"kind\": \"some-of\"", "#/definition/rules/0/kind"),
            ("\"resourceType\": \"Questionnaire\"", "\"resourceType\": \"Patient\"", "#/questionnaire"),
        ])
    func instrumentFaults(text: String, other: String, place: String) throws {
        let directory = try TemporaryDirectory()
        let path = try Self.file(IntakeUnderTest.instrumentFile, replacing: text, with: other, in: directory)
        let fault = #expect(throws: FileFaults.self) {
            try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: [path])
        }
        #expect(fault?.description.contains("\(path)\(place):") == true, "\(String(describing: fault))")
    }

    @Test("each content is published once; a new content of the same object is its next revision")
    func published() async throws {
        let directory = try TemporaryDirectory()
        let temporary = try await IntakeUnderTest.openStore()
        let instrumentFiles = [IntakeUnderTest.instrumentFile]
        let first = try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: instrumentFiles)
        try await Self.publish(first, in: temporary.store)
        try await Self.publish(first, in: temporary.store)
        let said = try await IntakeUnderTest.said(in: temporary.store)
        #expect(said.count == first.units.count + 2)
        let path = try Self.file(
            IntakeUnderTest.registryFile, replacing: "BVC Krokom", with: "BVC Krokom by", in: directory)
        try await Self.publish(
            try Registry(registryFile: path, instrumentFiles: instrumentFiles), in: temporary.store)
        let later = try await IntakeUnderTest.said(in: temporary.store).dropFirst(said.count)
        let event = try #require(later.first).decoded(as: UnitChanged.self)
        #expect(later.count == 1 && event.body.name == "BVC Krokom by" && event.common.revision == 2)
        #expect(event.common.replaces?.uuid == said[0].envelope.id)
    }

    @Test("another content under a published version, and a unit that is gone, are refused")
    func refused() async throws {
        let directory = try TemporaryDirectory()
        let temporary = try await IntakeUnderTest.openStore()
        let first = try Registry(
            registryFile: IntakeUnderTest.registryFile, instrumentFiles: [IntakeUnderTest.instrumentFile])
        try await Self.publish(first, in: temporary.store)
        let before = try await IntakeUnderTest.said(in: temporary.store).count
        let instrument = try Self.file(
            IntakeUnderTest.instrumentFile, replacing: "\"atLeast\": 2", with: "\"atLeast\": 3", in: directory)
        let registry = try Self.file(
            IntakeUnderTest.registryFile, replacing: "-BVC2309A", with: "-BVC2309X", in: directory)
        for (changed, place) in [
            (
                try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: [instrument]),
                "\(instrument)#/version: "
            ),
            (
                try Registry(registryFile: registry, instrumentFiles: [IntakeUnderTest.instrumentFile]),
                "\(registry)#/units: "
            ),
        ] {
            let fault = await #expect(throws: FileFaults.self) { try await Self.publish(changed, in: temporary.store) }
            #expect(fault?.description.hasPrefix(place) == true, "\(String(describing: fault))")
        }
        #expect(try await IntakeUnderTest.said(in: temporary.store).count == before)
    }
}
