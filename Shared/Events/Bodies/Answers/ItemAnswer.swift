internal import FHIR

/// One item that was shown. An item that was never shown (a follow-up question) is not in the list.
public struct ItemAnswer: Codable, Hashable, Sendable {
    /// `linkId` of the item.
    public var item: String
    /// The answer; absent: shown and left unanswered, which is unknown and never no.
    public var value: AnswerValue?

    /// Takes each member as it will travel.
    public init(
        item: String, value: AnswerValue? = nil
    ) {
        self.item = item
        self.value = value
    }
}

extension ItemAnswer: EventPart {
    /// Reads the members.
    public init(reading object: ObjectReader) throws {
        self.init(
            item: try object.text("item"), value: try object.valueIfAny("value").map { try AnswerValue(object, at: $0) }
        )
    }

    /// Writes the members.
    public func write(to object: inout ObjectWriter) throws {
        object.member("item", item)
        switch value {
        case .code(let code): object.member("value", code)
        case .integer(let number): object.member("value", number)
        case .boolean(let truth): object.member("value", truth)
        case nil: break
        }
    }
}

extension AnswerValue {
    fileprivate init(_ object: ObjectReader, at node: Int) throws {
        switch object.document.nodes[node].kind {
        case .string: self = .code(object.document.text(node))
        case .true: self = .boolean(true)
        case .false: self = .boolean(false)
        default:
            guard let number = object.document.whole(Int.self, node) else { throw object.fault(node, .wrongType) }
            self = .integer(number)
        }
    }
}
