/// A code in a system, the answer to a question of type choice.
public struct Coding: Sendable, Hashable {
    /// The uri of the code system.
    public var system: String?
    /// The version of the system.
    public var version: String?
    /// The code.
    public var code: String?
    /// The text that people see for it.
    public var display: String?
    /// Whether a person chose this very coding.
    public var userSelected: Bool?
    /// Extensions; `ordinalValue` is the one that is read here.
    public var extensions: [Extension]
    /// Extensions of the text; `translation` is the one that is read here.
    public var displayExtensions: [Extension] = []

    /// A coding from its parts.
    public init(
        system: String? = nil, version: String? = nil, code: String? = nil, display: String? = nil,
        userSelected: Bool? = nil, extensions: [Extension] = []
    ) {
        self.system = system
        self.version = version
        self.code = code
        self.display = display
        self.userSelected = userSelected
        self.extensions = extensions
    }

    /// The same concept: system and code are equal. Version and display don't tell concepts apart.
    public func means(_ other: Coding) -> Bool {
        code == other.code && system == other.system
    }
}

extension Coding: FHIRElement {
    init?(reading members: inout Members) {
        extensions = members.elements(.extension)
        system = members.uri(.system)
        version = members.string(.version)
        code = members.code(.code)
        display = members.string(.display)
        displayExtensions = (members.element(._display) as PrimitiveExtensions?)?.extensions ?? []
        userSelected = members.boolean(.userSelected)
    }

    func write(to json: inout JSONWriter) {
        json.elements(.extension, extensions)
        json.string(.system, system)
        json.string(.version, version)
        json.string(.code, code)
        json.string(.display, display)
        json.element(._display, PrimitiveExtensions(displayExtensions))
        json.boolean(.userSelected, userSelected)
    }
}
