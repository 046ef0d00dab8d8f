public import FHIR

/// One strict reading of a JSON document of our own: unknown members and wrong types are faults, and all are found in
/// one pass, each with its place.
///
/// No fault repeats a value, nor the name of a member that nobody knows: either may be somebody's name. In a file that
/// an operator wrote an unknown member is a misspelt one, and is named.
/// A reading belongs to one thread. It keeps what it found until it is asked.
public final class DocumentReading {
    /// What is wrong, in the order in which it was found.
    public private(set) var faults: [DocumentFault] = []
    /// Whether there were more than are kept.
    public private(set) var hasMore = false
    let namesUnknownMembers: Bool
    private let faultsMax: Int

    /// A reading that keeps so many faults and drops the rest: a caller over HTTP gets no endless answer.
    public init(faultsMax: Int = 20, namesUnknownMembers: Bool = false) {
        self.faultsMax = faultsMax
        self.namesUnknownMembers = namesUnknownMembers
    }

    /// Notes a fault at a JSON pointer.
    public func fault(_ rule: String, at pointer: String) {
        guard faults.count < faultsMax else {
            hasMore = true
            return
        }
        faults.append(DocumentFault(rule, at: pointer))
    }

    /// Reads a value that has to be an object.
    public func read<Document>(
        _ json: JSONValue, at pointer: String = "#", _ read: (inout Members) -> Document?
    ) -> Document? {
        guard case .object(let given) = json else {
            fault("an object is expected", at: pointer)
            return nil
        }
        var members = Members(given, at: pointer, in: self)
        let document = read(&members)
        members.end()
        return document
    }
}
