import Documents
import Foundation
import HTTPClient
import Instruments
import Support
import Testing

@testable import Intake

/// The parents' form in several languages: one Questionnaire with translations of each text.
@Suite("A form in two languages")
struct LanguagesTests {
    static let file = Repository.root.appending(path: InstrumentFiles.twoLanguages).path

    /// The faults of the file after changes of its JSON's text.
    private func faults(_ before: String, _ after: String) throws -> String {
        let directory = try TemporaryDirectory()
        let path = try RegistryTests.file(Self.file, replacing: before, with: after, in: directory)
        let fault = #expect(throws: (any Error).self) {
            try Registry(registryFile: IntakeUnderTest.registryFile, instrumentFiles: [path])
        }
        return fault.map { "\($0)".replacing(path, with: "FILE") } ?? ""
    }

    @Test("is served whole, and in each of its languages alone; another language is refused")
    func served() async throws {
        try await IntakeUnderTest.run(instrumentFiles: [Self.file]) { intake in
            let path = "/fhir/Questionnaire/TVASPRAK-1.0.0"
            let whole = try await intake.send(.get, path, token: "tablet")
            #expect(whole.status == 200 && whole.text.contains("StructureDefinition/translation"), "\(whole)")
            let english = try await intake.send(.get, path + "?language=en", token: "tablet")
            #expect(english.status == 200 && english.text.contains(#""language":"en""#), "\(english)")
            #expect(english.text.contains(#""text":"TEST DATA (en)"#) && !english.text.contains("translation"))
            #expect(english.text.contains(#""display":"TEST DATA (en)"#))
            let swedish = try await intake.send(.get, path + "?language=sv", token: "tablet")
            #expect(swedish.text.contains(#""language":"sv""#) && !swedish.text.contains("TEST DATA (en)"))
            let arabic = try await intake.send(.get, path + "?language=ar", token: "tablet")
            #expect(arabic.status == 404 && arabic.text.contains("sv, en"), "\(arabic)")
        }
    }

    @Test("is answered in one of its languages, and in no other")
    func answered() async throws {
        try await IntakeUnderTest.run { intake in
            let family = try await Family.listed(in: intake)
            let visit = try await family.visited(in: intake)
            let refused = try await intake.submit(family.form(visit.visit).with("language", "ar"))
            #expect(refused.status == 422 && refused.text.contains("QuestionnaireResponse.language"), "\(refused)")
            let taken = try await intake.submit(family.form(visit.visit).with("language", "sv"))
            #expect(taken.status == 201, "\(taken)")
        }
    }

    @Test(
        "is refused where a text is missing in one of them, with the place of the text",
        arguments: [
            (#""valueCode": "en""#, #""valueCode": "ar""#, "#/questionnaire/_title: the text is missing in en"),
            (
                #""valueCode": "en""#, #""valueCode": "ar""#,
                "#/questionnaire/_title: a translation into ar, which isn't among the other languages"
            ),
            (
                #""valueCode": "en""#, #""valueString": "en""#,
                "#/questionnaire/_title: a translation has lang, a code, and content, a string"
            ),
            (
                #""languages": [\n    "sv",\n    "en""#, #""languages": [\n    "sv",\n    "en",\n    "ar""#,
                "#/languages/2: the wording is missing in ar"
            ),
        ])
    func missing(before: String, after: String, fault: String) throws {
        let faults = try faults(
            before.replacing("\\n", with: "\n"), after.replacing("\\n", with: "\n"))
        #expect(faults.contains("FILE\(fault)"), "\(faults)")
    }

    @Test(
        "is refused where one item's or one option's text is missing in one of them",
        arguments: [
            ("\"_text\"", "#/questionnaire/item/0/_text"),
            ("\"_display\"", "#/questionnaire/item/0/answerOption/0/valueCoding/_display"),
        ])
    func eachText(member: String, place: String) throws {
        let text = try String(contentsOfFile: Self.file, encoding: .utf8)
        let start = try #require(text.range(of: member)).lowerBound
        let end = try #require(text.range(of: "\"en\"", range: start..<text.endIndex)).upperBound
        let translation = String(text[start..<end])
        let faults = try faults(translation, translation.replacing("\"en\"", with: "\"ar\""))
        #expect(faults.contains("FILE\(place): the text is missing in en"), "\(faults)")
    }
}
