internal import Foundation

/// Members of FHIR elements. What is absent or empty isn't written: FHIR has neither null nor empty arrays.
extension JSONWriter {
    mutating func string(_ name: ElementName, _ text: String?) {
        guard let text else { return }
        self.name(name.text)
        string(text)
    }

    mutating func strings(_ name: ElementName, _ texts: [String]) {
        guard !texts.isEmpty else { return }
        self.name(name.text)
        array { json in
            for text in texts { json.string(text) }
        }
    }

    mutating func integer(_ name: ElementName, _ number: Int?) {
        guard let number else { return }
        self.name(name.text)
        integer(number)
    }

    mutating func decimal(_ name: ElementName, _ number: Decimal?) {
        guard let number else { return }
        self.name(name.text)
        decimal(number)
    }

    mutating func boolean(_ name: ElementName, _ value: Bool?) {
        guard let value else { return }
        self.name(name.text)
        boolean(value)
    }

    mutating func json(_ name: ElementName, _ value: [UInt8]?) {
        guard let value else { return }
        self.name(name.text)
        json(value)
    }

    mutating func element(_ name: ElementName, _ element: (some FHIRElement)?) {
        guard let element else { return }
        self.name(name.text)
        object { element.write(to: &$0) }
    }

    mutating func elements(_ name: ElementName, _ elements: [some FHIRElement]) {
        guard !elements.isEmpty else { return }
        self.name(name.text)
        array { json in
            for element in elements { json.object { element.write(to: &$0) } }
        }
    }
}
