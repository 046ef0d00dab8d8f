/// A batch Bundle of QuestionnaireResponses to create, as `POST /fhir` takes it.
///
/// Entries stand alone: one that isn't taken leaves the others alone, and each has its own answer.
public struct BatchRequest: Sendable {
    /// One entry, in the order of the Bundle.
    public struct Entry: Sendable {
        /// Where the response stands: `Bundle.entry[3].resource`. Pass it on when the response is held to its
        /// Questionnaire.
        public let place: String
        /// The entry's own address, if it has one.
        public let fullURL: String?
        /// The response, or why it isn't taken.
        public let response: Result<QuestionnaireResponse, FHIRRefusal>
    }

    /// The entries, at least one.
    public let entries: [Entry]

    /// Reads a batch strictly. It is refused as a whole when it isn't a Bundle of type batch, or has more entries than
    /// `entriesMax`; every other fault belongs to its entry.
    public static func decode(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits(), entriesMax: Int = 100
    ) throws(FHIRRefusal) -> BatchRequest {
        let document = try Decoding.document(bytes, limits: limits, root: "Bundle")
        let decoding = Decoding(document, root: 0, place: "Bundle")
        let bundle = decoding.resource(BatchBundle.self)
        guard decoding.issues.isEmpty, let bundle else { throw FHIRRefusal(.malformed, decoding.issues.all) }
        guard bundle.entryNodes.count <= entriesMax else {
            let issue = OperationOutcome.Issue(
                .tooLong, at: "Bundle.entry", "A batch may have at most \(entriesMax) entries.")
            throw FHIRRefusal(.tooLarge, [issue])
        }
        return BatchRequest(
            entries: bundle.entryNodes.enumerated().map { index, node in
                Entry(document, node, place: "Bundle.entry[\(index)]")
            })
    }
}

extension BatchRequest.Entry {
    fileprivate init(_ document: JSONDocument, _ node: Int, place: String) {
        self.place = "\(place).resource"
        let decoding = Decoding(document, root: node, place: place)
        let parts = decoding.element(node, as: BatchEntry.self)
        fullURL = parts?.fullURL
        guard decoding.issues.isEmpty, let resource = parts?.resource else {
            response = .failure(FHIRRefusal(.malformed, decoding.issues.all))
            return
        }
        do throws(FHIRRefusal) {
            response = .success(
                try QuestionnaireResponse.decode(at: resource, of: document, place: "\(place).resource"))
        } catch {
            response = .failure(error)
        }
    }
}

/// The outside of the Bundle.
private struct BatchBundle: FHIRResource {
    enum Kind: String, CaseIterable { case batch }

    static var type: String { "Bundle" }
    var entryNodes: [Int] = []

    init?(reading members: inout Members) {
        _ = members.id(.id)
        let _: Meta? = members.element(.meta)
        _ = members.code(.language)
        let _: Identifier? = members.element(.identifier)
        let _: FHIRInstant? = members.lexical(.timestamp)
        _ = members.code(.type, as: Kind.self)
        var nodes: [Int] = []
        members.forEach(.entry) { nodes.append($1) }
        entryNodes = nodes
        members.require(.type, .entry)
    }

    func write(to json: inout JSONWriter) {}
}

/// An entry without what its resource holds.
private struct BatchEntry: FHIRElement {
    var fullURL: String?
    var resource: Int?

    init?(reading members: inout Members) {
        fullURL = members.uri(.fullUrl)
        resource = members.take(.resource)
        let _: BatchMethod? = members.element(.request)
        members.require(.request, .resource)
    }

    func write(to json: inout JSONWriter) {}
}

/// What the entry asks for: nothing but to create a QuestionnaireResponse is taken.
private struct BatchMethod: FHIRElement {
    enum Method: String, CaseIterable { case POST }

    init?(reading members: inout Members) {
        _ = members.code(.method, as: Method.self)
        let url = members.uri(.url)
        members.require(.method, .url)
        if let url, url != QuestionnaireResponse.type {
            members.decoding.report(
                .notSupported, at: members.node, "The url \(QuestionnaireResponse.type) is the only one taken here.")
        }
    }

    func write(to json: inout JSONWriter) {}
}
