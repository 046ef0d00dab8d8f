public import Foundation

/// Something that FHIR itself has no element for: a value, or further extensions, under a url.
public struct Extension: Sendable, Hashable {
    /// What it means.
    public var url: String
    /// Its value; nil if it holds extensions instead.
    public var value: FHIRValue?
    /// Its parts; empty if it has a value.
    public var extensions: [Extension]

    /// The score of an option, a decimal number (R4's core extension).
    public static let ordinalValueURL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"

    /// An extension with a value.
    public init(url: String, value: FHIRValue) {
        self.url = url
        self.value = value
        extensions = []
    }

    /// The score of an option.
    public static func ordinalValue(_ score: Decimal) -> Extension {
        Extension(url: ordinalValueURL, value: .decimal(score))
    }
}

extension Extension: FHIRElement {
    init?(reading members: inout Members) {
        let url = members.uri(.url)
        members.require(.url)
        extensions = members.elements(.extension)
        value = members.value(.inExtension)
        if members.has(.extension) == members.hasValue(.inExtension) {
            members.decoding.report(
                .structure, at: members.node, "An extension has either a value or further extensions.")
        }
        guard let url else { return nil }
        self.url = url
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.string(.url, url)
        json.value(value)
    }
}

extension [Extension] {
    /// The value of the first extension with a url.
    public func value(_ url: String) -> FHIRValue? {
        first { $0.url == url }?.value
    }

    /// The score that an option or coding carries.
    public var ordinalValue: Decimal? {
        guard case .decimal(let score) = value(Extension.ordinalValueURL) else { return nil }
        return score
    }
}
