/// The answer to one item, as the item's type has it.
public enum AnswerValue: Hashable, Sendable {
    /// The code of the option chosen.
    case code(String)
    /// A whole number.
    case integer(Int)
    /// Yes or no.
    case boolean(Bool)
}

extension AnswerValue: Codable {
    /// Decodes a string, a whole number or a Boolean. Strings first: nearly every answer is one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let code = try? container.decode(String.self) {
            self = .code(code)
        } else if let integer = try? container.decode(Int.self) {
            self = .integer(integer)
        } else {
            self = .boolean(try container.decode(Bool.self))
        }
    }

    /// Encodes the bare value.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .code(let code): try container.encode(code)
        case .integer(let integer): try container.encode(integer)
        case .boolean(let boolean): try container.encode(boolean)
        }
    }
}
