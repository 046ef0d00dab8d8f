public import Foundation

extension Questionnaire {
    /// A question, a group of questions, or a text to read.
    public struct Item: Sendable, Hashable {
        /// Its name within the Questionnaire; a response refers to it.
        public var linkID: String
        /// Where its meaning is defined.
        public var definition: String?
        /// Codes for what it asks.
        public var codes: [Coding] = []
        /// Its number or letter, as people see it.
        public var prefix: String?
        /// Its wording.
        public var text: String?
        /// Extensions of the wording; `translation` is the one that is read here.
        public var textExtensions: [Extension] = []
        /// What it is.
        public var type: ItemType
        /// When it is asked; always, if empty.
        public var enableWhen: [EnableWhen] = []
        /// Whether one condition is enough.
        public var enableBehavior: EnableBehavior?
        /// Whether a complete response must have it.
        public var required: Bool?
        /// Whether it may have many answers, or a group many times.
        public var repeats: Bool?
        /// Whether people can't change it.
        public var readOnly: Bool?
        /// The most characters of an answer.
        public var maxLength: Int?
        /// The value set that an answer is from.
        public var answerValueSet: String?
        /// The values that an answer is from.
        public var answerOptions: [AnswerOption] = []
        /// What it is answered with at first.
        public var initial: [Initial] = []
        /// What stands below it.
        public var items: [Item] = []
        /// Extensions.
        public var extensions: [Extension] = []

        /// An item to which the caller adds the rest.
        public init(linkID: String, type: ItemType, text: String? = nil, items: [Item] = []) {
            self.linkID = linkID
            self.type = type
            self.text = text
            self.items = items
        }
    }

    /// Whether one condition is enough: the codes of `http://hl7.org/fhir/questionnaire-enable-behavior`.
    public enum EnableBehavior: String, Sendable, CaseIterable {
        /// Every condition must hold.
        case all
        /// One is enough.
        case any
    }

    /// A value that may be chosen as an answer.
    public struct AnswerOption: Sendable, Hashable {
        /// The value.
        public var value: FHIRValue
        /// Whether it is chosen at first.
        public var initialSelected: Bool?
        /// Extensions; `ordinalValue` is the option's score.
        public var extensions: [Extension] = []

        /// An option with its value.
        public init(_ value: FHIRValue, extensions: [Extension] = []) {
            self.value = value
            self.extensions = extensions
        }

        /// The score, on the option or on its coding.
        public var ordinalValue: Decimal? {
            if let score = extensions.ordinalValue { return score }
            guard case .coding(let coding) = value else { return nil }
            return coding.extensions.ordinalValue
        }
    }

    /// An answer that is given at first.
    public struct Initial: Sendable, Hashable {
        /// The answer.
        public var value: FHIRValue
    }
}

extension Questionnaire.Item: FHIRElement {
    init?(reading members: inout Members) {
        let linkID = members.string(.linkId)
        let type = members.code(.type, as: Questionnaire.ItemType.self)
        members.require(.linkId, .type)
        self.init(
            linkID: linkID ?? "", type: type ?? .display, text: members.string(.text), items: members.elements(.item))
        textExtensions = (members.element(._text) as PrimitiveExtensions?)?.extensions ?? []
        definition = members.uri(.definition)
        codes = members.elements(.code)
        prefix = members.string(.prefix)
        enableWhen = members.elements(.enableWhen)
        enableBehavior = members.code(.enableBehavior, as: Questionnaire.EnableBehavior.self)
        required = members.boolean(.required)
        repeats = members.boolean(.repeats)
        readOnly = members.boolean(.readOnly)
        maxLength = members.integer(.maxLength)
        answerValueSet = members.uri(.answerValueSet)
        answerOptions = members.elements(.answerOption)
        initial = members.elements(.initial)
        extensions = members.elements(.extension)
        guard linkID != nil, type != nil else { return nil }
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.string(.linkId, linkID)
        json.string(.definition, definition)
        json.elements(.code, codes)
        json.string(.prefix, prefix)
        json.string(.text, text)
        json.element(._text, PrimitiveExtensions(textExtensions))
        json.string(.type, type.rawValue)
        json.elements(.enableWhen, enableWhen)
        json.string(.enableBehavior, enableBehavior?.rawValue)
        json.boolean(.required, required)
        json.boolean(.repeats, repeats)
        json.boolean(.readOnly, readOnly)
        json.integer(.maxLength, maxLength)
        json.string(.answerValueSet, answerValueSet)
        json.elements(.answerOption, answerOptions)
        json.elements(.initial, initial)
        json.elements(.item, items)
    }
}

extension Questionnaire.AnswerOption: FHIRElement {
    init?(reading members: inout Members) {
        extensions = members.elements(.extension)
        initialSelected = members.boolean(.initialSelected)
        guard let value = members.value(.inAnswerOption) else { return nil }
        self.value = value
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.value(value)
        json.boolean(.initialSelected, initialSelected)
    }
}

extension Questionnaire.Initial: FHIRElement {
    init?(reading members: inout Members) {
        guard let value = members.value(.inAnswer) else { return nil }
        self.value = value
    }

    func write(to json: inout JSONWriter) {
        json.value(value)
    }
}
