extension Questionnaire {
    /// What an item is: the codes of `http://hl7.org/fhir/item-type` (R4).
    public enum ItemType: String, Sendable, CaseIterable {
        /// Holds other items.
        case group
        /// Text to read, nothing to answer.
        case display
        /// Yes or no.
        case boolean
        /// A decimal number.
        case decimal
        /// A whole number.
        case integer
        /// A date.
        case date
        /// A date, or a date with time.
        case dateTime
        /// A time of day.
        case time
        /// A short text.
        case string
        /// A long text.
        case text
        /// A url.
        case url
        /// One of a list of codings.
        case choice
        /// One of a list of codings, or free text.
        case openChoice = "open-choice"
        /// A file. It can't be answered here: a form must not carry pictures of people.
        case attachment
        /// A pointer to a resource.
        case reference
        /// An amount with its unit.
        case quantity

        /// True if the item asks for an answer.
        public var isQuestion: Bool { self != .group && self != .display }

        /// True if an answer to the item may be this value, whatever its options.
        func takes(_ value: FHIRValue) -> Bool {
            switch (self, value) {
            case (.boolean, .boolean), (.decimal, .decimal), (.integer, .integer), (.date, .date),
                (.dateTime, .dateTime), (.time, .time), (.string, .string), (.text, .string), (.url, .uri),
                (.choice, .coding), (.openChoice, .coding), (.openChoice, .string), (.reference, .reference),
                (.quantity, .quantity):
                true
            default: false
            }
        }

        /// The member of an answer that takes the value, for a message.
        var memberName: String {
            switch self {
            case .group, .display, .attachment: "none"
            case .text, .string: "valueString"
            case .url: "valueUri"
            case .choice: "valueCoding"
            case .openChoice: "valueCoding or valueString"
            default: "value" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
            }
        }

        /// True if answerOption and answerValueSet may restrict it (que-5 of R4).
        var mayHaveOptions: Bool {
            switch self {
            case .choice, .openChoice, .decimal, .integer, .date, .dateTime, .time, .string, .quantity: true
            default: false
            }
        }

        /// True if maxLength makes sense for it (que-10).
        var mayHaveMaxLength: Bool {
            switch self {
            case .boolean, .decimal, .integer, .string, .text, .url, .openChoice: true
            default: false
            }
        }

        /// True if one value can be greater than another.
        var isOrdered: Bool {
            switch self {
            case .decimal, .integer, .date, .dateTime, .time, .quantity: true
            default: false
            }
        }
    }
}
