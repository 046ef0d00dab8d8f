/// Where a `value[x]` stands: which types it may have there, and under which names.
struct ValueChoice: Sendable {
    fileprivate let names: [ElementName]
    fileprivate let isRequired: Bool

    /// `QuestionnaireResponse.item.answer.value[x]`. Attachments aren't taken.
    static let inAnswer = ValueChoice(
        names: [
            .valueCoding, .valueBoolean, .valueInteger, .valueDecimal, .valueString, .valueDate, .valueDateTime,
            .valueTime, .valueUri, .valueQuantity, .valueReference,
        ], isRequired: true)

    /// `Questionnaire.item.answerOption.value[x]`.
    static let inAnswerOption = ValueChoice(
        names: [.valueCoding, .valueInteger, .valueDate, .valueTime, .valueString, .valueReference],
        isRequired: true)

    /// `Questionnaire.item.enableWhen.answer[x]`.
    static let inEnableWhen = ValueChoice(
        names: [
            .answerCoding, .answerBoolean, .answerInteger, .answerDecimal, .answerString, .answerDate,
            .answerDateTime, .answerTime, .answerQuantity, .answerReference,
        ], isRequired: true)

    /// `Extension.value[x]`, as far as it is taken.
    static let inExtension = ValueChoice(
        names: inAnswer.names + [.valueCode, .valueCanonical, .valueCodeableConcept], isRequired: false)
}

extension Members {
    /// True if there is a value, right or wrong.
    func hasValue(_ choice: ValueChoice) -> Bool { choice.names.contains(where: has) }

    /// Reads the value, whichever type it has; a fault if there are two, or none where one must be.
    mutating func value(_ choice: ValueChoice) -> FHIRValue? {
        var read: FHIRValue?
        var count = 0
        for name in choice.names where has(name) {
            read = value(name)
            count += 1
        }
        if count > 1 {
            decoding.report(.structure, at: node, "Exactly one value is expected here.")
        } else if count == 0, choice.isRequired {
            decoding.report(.required, at: node, "A value is required here.")
        }
        return read
    }

    private mutating func value(_ name: ElementName) -> FHIRValue? {
        switch name {
        case .valueCoding, .answerCoding: element(name).map(FHIRValue.coding)
        case .valueBoolean, .answerBoolean: boolean(name).map(FHIRValue.boolean)
        case .valueInteger, .answerInteger: integer(name).map(FHIRValue.integer)
        case .valueDecimal, .answerDecimal: decimal(name).map(FHIRValue.decimal)
        case .valueString, .answerString: string(name).map(FHIRValue.string)
        case .valueDate, .answerDate: lexical(name).map(FHIRValue.date)
        case .valueDateTime, .answerDateTime: lexical(name).map(FHIRValue.dateTime)
        case .valueTime, .answerTime: lexical(name).map(FHIRValue.time)
        case .valueUri: uri(name).map(FHIRValue.uri)
        case .valueCode: code(name).map(FHIRValue.code)
        case .valueCanonical: uri(name).map(FHIRValue.canonical)
        case .valueQuantity, .answerQuantity: element(name).map(FHIRValue.quantity)
        case .valueReference, .answerReference: element(name).map(FHIRValue.reference)
        case .valueCodeableConcept: element(name).map(FHIRValue.codeableConcept)
        default: nil
        }
    }
}

extension JSONWriter {
    /// A `value[x]` under the name that its type has, or under `answer[x]`'s.
    mutating func value(_ value: FHIRValue?, inEnableWhen: Bool = false) {
        switch value {
        case nil: return
        case .boolean(let value): boolean(inEnableWhen ? .answerBoolean : .valueBoolean, value)
        case .integer(let value): integer(inEnableWhen ? .answerInteger : .valueInteger, value)
        case .decimal(let value): decimal(inEnableWhen ? .answerDecimal : .valueDecimal, value)
        case .date(let value): string(inEnableWhen ? .answerDate : .valueDate, value.text)
        case .dateTime(let value): string(inEnableWhen ? .answerDateTime : .valueDateTime, value.text)
        case .time(let value): string(inEnableWhen ? .answerTime : .valueTime, value.text)
        case .string(let value): string(inEnableWhen ? .answerString : .valueString, value)
        case .coding(let value): element(inEnableWhen ? .answerCoding : .valueCoding, value)
        case .quantity(let value): element(inEnableWhen ? .answerQuantity : .valueQuantity, value)
        case .reference(let value): element(inEnableWhen ? .answerReference : .valueReference, value)
        case .uri(let value): string(.valueUri, value)
        case .code(let value): string(.valueCode, value)
        case .canonical(let value): string(.valueCanonical, value)
        case .codeableConcept(let value): element(.valueCodeableConcept, value)
        }
    }
}
