import Delivery
import Events
import Foundation
import HTTPClient
import Support
import Testing

@testable import Intake

/// Nothing is welded to eighteen items of one type: the instruments that ship as test data are offered and answered.
@Suite("Other instruments than the placeholder")
struct OtherInstrumentsTests {
    static let files = InstrumentFiles.all.map { Repository.root.appending(path: $0).path }
    static let kort = Repository.root.appending(path: InstrumentFiles.kort).path

    /// A form of the small instrument.
    static func form(_ family: Family, _ visit: VisitID, _ answers: [(String, Document.Value)]) -> Document {
        family.form(visit)
            .with("questionnaire", "https://barnsakert.example/fhir/Questionnaire/KORT|1.0.0")
            .with("item", .list(answers.map { ["linkId": .text($0), "answer": [$1]] }))
    }

    static func code(_ code: String) -> Document.Value {
        ["valueCoding": ["system": "https://barnsakert.example/fhir/CodeSystem/svar", "code": .text(code)]]
    }

    @Test("are published and served side by side, a second version beside its first")
    func published() async throws {
        try await IntakeUnderTest.run(instrumentFiles: Self.files) { intake in
            for id in ["PLACEHOLDER-1.1.0", "PLACEHOLDER-2.0.0", "KORT-1.0.0"] {
                let served = try await intake.send(.get, "/fhir/Questionnaire/\(id)", token: "tablet")
                #expect(served.status == 200, "\(served)")
            }
        }
        let temporary = try await IntakeUnderTest.openStore()
        let registry = try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: Self.files)
        try await RegistryTests.publish(registry, in: temporary.store)
        let said = try await IntakeUnderTest.said(in: temporary.store).filter {
            $0.envelope.eventType == .instrumentPublished
        }
        let instruments = try said.map { try $0.decoded(as: InstrumentPublished.self).body }
        #expect(instruments.map(\.rescores?.version) == [nil, "1.1.0", nil])
        for (instrument, event) in zip(instruments, said) {
            #expect(try instrument.hashMatches() && event.envelope.revision == 1)
            // Wording and guidance stay here.
            #expect(!String(decoding: event.value, as: UTF8.self).contains("PLATSHÅLLARE"))
            #expect(!String(decoding: event.value, as: UTF8.self).contains("TESTDATA"))
        }
    }

    @Test("take numbers and yes or no, and a follow-up that isn't asked is no question left open")
    func answered() async throws {
        try await IntakeUnderTest.run(instrumentFiles: Self.files) { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let answers = [
                ("k-1", Self.code("often")), ("k-2", Self.code("never")), ("k-3", ["valueBoolean": true]),
                ("k-4", ["valueInteger": 4]), ("k-6", ["valueBoolean": false]),
            ]
            let reply = try await intake.submit(Self.form(family, visit.visit, answers))
            #expect(reply.status == 201, "\(reply)")
            let said = try #require(try await intake.said(AnswersSubmitted.self).first)
            #expect(
                said.body.answers == [
                    ItemAnswer(item: "k-1", value: .code("often")), ItemAnswer(item: "k-2", value: .code("never")),
                    ItemAnswer(item: "k-3", value: .boolean(true)), ItemAnswer(item: "k-4", value: .integer(4)),
                    ItemAnswer(item: "k-6", value: .boolean(false)),
                ])
            #expect(try await intake.said(ScreeningAnswered.self).map(\.body.completeness) == [.complete])
        }
    }

    @Test("refuse what scoring couldn't score: a number out of range, an answer to what isn't asked")
    func refused() async throws {
        try await IntakeUnderTest.run(instrumentFiles: Self.files) { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            for answers in [
                [("k-3", ["valueBoolean": true]), ("k-4", ["valueInteger": 15])],
                [("k-3", ["valueBoolean": false]), ("k-4", ["valueInteger": 4])],
                [("k-3", ["valueBoolean": true]), ("k-4", ["valueInteger": 4]), ("k-5", Self.code("yes"))],
            ] as [[(String, Document.Value)]] {
                let reply = try await intake.submit(Self.form(family, visit.visit, answers))
                #expect(reply.status == 422 && reply.text.contains("OperationOutcome"), "\(reply)")
            }
            #expect(try await intake.said(AnswersSubmitted.self).isEmpty)
        }
    }

    @Test(
        "are refused where the wording asks, counts or speaks otherwise than the definition",
        arguments: [
            ("\"answerInteger\": 5", "\"answerInteger\": 6", "#/definition/items/4/askedWhen"),
            ("\"answerBoolean\": true", "\"answerBoolean\": false", "#/definition/items/3/askedWhen"),
            ("\"operator\": \">=\"", "\"operator\": \">\"", "#/definition/items/4/askedWhen"),
            ("\"enableWhen\"", "\"initial\": [], \"enableWhen\"", "#/questionnaire"),
            ("\"valueDecimal\": 3", "\"valueDecimal\": 4", "#/definition/items/0/options/3/value"),
            ("\"language\": \"sv\"", "\"language\": \"en\"", "#/questionnaire/language"),
            ("\"languages\": [\n    \"sv\"", "\"languages\": [\n    \"sv\",\n    \"ar\"", "#/languages/1"),
            (
                "\"type\": \"boolean\"", "\"type\": \"integer\", \"range\": {\"low\": 0, \"high\": 1}",
                "#/definition/items/2/type"
            ),
        ])
    func disagreeing(text: String, other: String, place: String) throws {
        let directory = try TemporaryDirectory()
        let path = try RegistryTests.file(Self.kort, replacing: text, with: other, in: directory)
        let fault = #expect(throws: (any Error).self) {
            try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: [path])
        }
        #expect(fault.map { "\($0)".contains("\(path)\(place):") } == true, "\(String(describing: fault))")
    }
}
