extension CapabilityStatement: FHIRResource {
    static var type: String { "CapabilityStatement" }

    /// Reads a statement as `json()` writes it: of an instance, FHIR 4.0.1, JSON, one server.
    public static func decode(
        _ bytes: [UInt8], limits: JSONLimits = JSONLimits()
    ) throws(FHIRRefusal) -> CapabilityStatement {
        try decode(document: bytes, limits: limits)
    }

    init?(reading members: inout Members) {
        let date: FHIRDateTime? = members.lexical(.date)
        let software: Software? = members.element(.software)
        let implementation: Implementation? = members.element(.implementation)
        let rests: [Rest] = members.elements(.rest)
        _ = members.code(.status, as: Questionnaire.Status.self)
        _ = members.code(.kind, as: Kind.self)
        _ = members.code(.fhirVersion, as: Version.self)
        _ = members.strings(.format, .code)
        members.require(.status, .date, .kind, .software, .implementation, .fhirVersion, .format, .rest)
        guard let date, let software, let implementation, let rest = rests.first else { return nil }
        self.init(
            date: date, softwareName: software.name, softwareVersion: software.version,
            implementation: implementation.description, resources: rest.resources,
            interactions: rest.interactions.map(\.code))
    }

    func write(to json: inout JSONWriter) {
        json.string(.status, Questionnaire.Status.active.rawValue)
        json.string(.date, date.text)
        json.string(.kind, Kind.instance.rawValue)
        json.element(.software, Software(name: softwareName, version: softwareVersion))
        json.element(.implementation, Implementation(description: implementation))
        json.string(.fhirVersion, Version.r4.rawValue)
        json.strings(.format, ["application/fhir+json", "json"])
        json.elements(.rest, [Rest(resources: resources, interactions: interactions.map { Offered(code: $0) })])
    }
}

private enum Kind: String, CaseIterable { case instance }
private enum Version: String, CaseIterable { case r4 = "4.0.1" }
private enum Mode: String, CaseIterable { case server }

private struct Software: FHIRElement {
    var name: String
    var version: String

    init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    init?(reading members: inout Members) {
        let name = members.string(.name)
        let version = members.string(.version)
        members.require(.name, .version)
        guard let name, let version else { return nil }
        self.init(name: name, version: version)
    }

    func write(to json: inout JSONWriter) {
        json.string(.name, name)
        json.string(.version, version)
    }
}

private struct Implementation: FHIRElement {
    var description: String

    init(description: String) {
        self.description = description
    }

    init?(reading members: inout Members) {
        let description = members.string(.description)
        members.require(.description)
        guard let description else { return nil }
        self.init(description: description)
    }

    func write(to json: inout JSONWriter) {
        json.string(.description, description)
    }
}

private struct Rest: FHIRElement {
    var resources: [CapabilityStatement.Resource]
    var interactions: [Offered<CapabilityStatement.SystemInteraction>]

    init(
        resources: [CapabilityStatement.Resource], interactions: [Offered<CapabilityStatement.SystemInteraction>]
    ) {
        self.resources = resources
        self.interactions = interactions
    }

    init?(reading members: inout Members) {
        _ = members.code(.mode, as: Mode.self)
        resources = members.elements(.resource)
        interactions = members.elements(.interaction)
        members.require(.mode)
    }

    func write(to json: inout JSONWriter) {
        json.string(.mode, Mode.server.rawValue)
        json.elements(.resource, resources)
        json.elements(.interaction, interactions)
    }
}

/// One `interaction` with its code.
private struct Offered<Code: RawRepresentable<String> & CaseIterable>: FHIRElement {
    var code: Code

    init(code: Code) {
        self.code = code
    }

    init?(reading members: inout Members) {
        let code = members.code(.code, as: Code.self)
        members.require(.code)
        guard let code else { return nil }
        self.code = code
    }

    func write(to json: inout JSONWriter) {
        json.string(.code, code.rawValue)
    }
}

extension CapabilityStatement.Resource: FHIRElement {
    init?(reading members: inout Members) {
        let type = members.code(.type)
        let offered: [Offered<CapabilityStatement.Interaction>] = members.elements(.interaction)
        let parameters: [CapabilityStatement.SearchParameter] = members.elements(.searchParam)
        members.require(.type)
        guard let type else { return nil }
        self.init(type, offered.map(\.code), searchParameters: parameters)
    }

    func write(to json: inout JSONWriter) {
        json.string(.type, type)
        json.elements(.interaction, interactions.map { Offered(code: $0) })
        json.elements(.searchParam, searchParameters)
    }
}

extension CapabilityStatement.SearchParameter: FHIRElement {
    init?(reading members: inout Members) {
        let name = members.string(.name)
        let kind = members.code(.type, as: Kind.self)
        members.require(.name, .type)
        guard let name, let kind else { return nil }
        self.init(name, kind)
    }

    func write(to json: inout JSONWriter) {
        json.string(.name, name)
        json.string(.type, kind.rawValue)
    }
}
