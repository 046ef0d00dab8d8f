import Foundation
import Testing

@testable import FHIR

/// The example documents in `Fixtures`.
enum Example {
    static func bytes(_ name: String) throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
        return Array(try Data(contentsOf: url))
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    static func questionnaire() throws -> PreparedQuestionnaire {
        try PreparedQuestionnaire(Questionnaire.decode(bytes("questionnaire")))
    }

    static func response() throws -> QuestionnaireResponse {
        try QuestionnaireResponse.decode(bytes("response"))
    }
}

/// A document with one fault, what kind of fault it is, and where it must be found.
struct Faulty: Sendable, CustomTestStringConvertible {
    let name: String
    let document: String
    let code: IssueCode
    let place: String?

    init(_ name: String, _ document: String, _ code: IssueCode, at place: String?) {
        self.name = name
        self.document = document
        self.code = code
        self.place = place
    }

    var testDescription: String { name }

    /// The one issue that was expected is the one that was found.
    func expect(in issues: [OperationOutcome.Issue], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            issues.map { Found(code: $0.code, place: $0.place) } == [Found(code: code, place: place)],
            "\(issues)", sourceLocation: sourceLocation)
    }

    private struct Found: Equatable {
        let code: IssueCode
        let place: String?
    }
}

/// The issues with which reading is refused; none if it isn't.
func issues(_ read: () throws -> Any) -> [OperationOutcome.Issue] {
    do {
        _ = try read()
        return []
    } catch let refusal as FHIRRefusal {
        return refusal.issues
    } catch {
        Issue.record(error, "only a refusal is thrown")
        return []
    }
}

/// A response in progress with these items, as text.
func response(items: String, members: String = "") -> String {
    #"{"resourceType":"QuestionnaireResponse","status":"in-progress"\#(members),"item":[\#(items)]}"#
}

/// A response with one item that has one answer, as text.
func response(answer: String) -> String {
    response(items: #"{"linkId":"a","answer":[\#(answer)]}"#)
}

/// A draft Questionnaire with these items, as text.
func questionnaire(items: String, members: String = "") -> String {
    #"{"resourceType":"Questionnaire","url":"https://example.org/q","version":"1","status":"draft"\#(members),"#
        + #""item":[\#(items)]}"#
}

/// Reads a QuestionnaireResponse from text.
func decodeResponse(_ text: String) throws(FHIRRefusal) -> QuestionnaireResponse {
    try QuestionnaireResponse.decode(Array(text.utf8))
}

/// Reads and prepares a Questionnaire from text.
func prepare(_ text: String) throws(FHIRRefusal) -> PreparedQuestionnaire {
    try PreparedQuestionnaire(Questionnaire.decode(Array(text.utf8)))
}
