/// Reads settings from the environment and gathers every fault, so that an operator corrects them in one go.
///
/// Use it through `SettingsReader.read`, which can't forget `finish()`. An empty variable counts as one that isn't set,
/// as compose files and unit files write it.
public struct SettingsReader {
    private let environment: [String: String]
    private let readFile: (String) throws -> String
    private let closedPrefixes: [String]
    private var faults: Set<ConfigurationFault> = []
    private var known: Set<String> = []

    /// What has been read so far, in that order, each key once.
    public private(set) var descriptions: [SettingDescription] = []

    /// A reader of the given environment.
    /// - Parameter readFile: gives the text of a file that a `_FILE` variable names; what it throws is never shown.
    /// - Parameter closedPrefixes: prefixes that are ours alone (`SCORING_`): a variable that has one and that nobody
    ///   asked for is a fault, most likely a misspelt one.
    public init(
        environment: [String: String], closedPrefixes: [String] = [],
        readFile: @escaping (String) throws -> String = SettingsReader.textOfFile
    ) {
        self.environment = environment.filter { !$0.value.isEmpty }
        self.closedPrefixes = closedPrefixes
        self.readFile = readFile
    }

    /// Reads all settings that `body` asks for, or throws everything that is wrong with them.
    public static func read<Settings>(
        _ environment: [String: String], closedPrefixes: [String] = [],
        readFile: @escaping (String) throws -> String = SettingsReader.textOfFile,
        _ body: (inout SettingsReader) -> Settings
    ) throws(ConfigurationFaults) -> Settings {
        var reader = SettingsReader(environment: environment, closedPrefixes: closedPrefixes, readFile: readFile)
        let settings = body(&reader)
        try reader.finish()
        return settings
    }

    /// The settings that `body` asks for, for the table of the README. `body` reads an empty environment.
    public static func describe<Settings>(_ body: (inout SettingsReader) -> Settings) -> [SettingDescription] {
        var reader = SettingsReader(environment: [:])
        _ = body(&reader)
        return reader.descriptions
    }

    /// The setting's value, or what it falls back to. A fault is noted and gives a stand-in that `finish()` keeps from
    /// being used.
    public mutating func value<Value>(_ setting: Setting<Value>) -> Value {
        note(setting.description)
        guard let text = text(of: setting.description) else {
            if let fallback = setting.fallback { return fallback }
            if !hasFault(setting.key) { fault(setting.key, "is required and not set: \(setting.description.rule)") }
            return setting.standIn
        }
        guard let value = setting.parse(text) else {
            fault(setting.key, "must be \(setting.description.rule)")
            return setting.standIn
        }
        return value
    }

    /// Notes a fault that a single setting doesn't show, such as two that don't go together.
    /// - Parameter rule: the end of a sentence that begins with the key; never a value.
    public mutating func fault(_ key: String, _ rule: String) {
        faults.insert(ConfigurationFault(key: key, rule: rule))
    }

    /// Throws everything that was wrong, unknown variables under closed prefixes included.
    public func finish() throws(ConfigurationFaults) {
        let unknown = environment.keys.filter { key in
            !known.contains(key) && closedPrefixes.contains { key.hasPrefix($0) }
        }
        let faults = faults.union(unknown.map { ConfigurationFault(key: $0, rule: "is not a setting of this program") })
        if !faults.isEmpty { throw ConfigurationFaults(faults) }
    }

    private mutating func note(_ description: SettingDescription) {
        if known.insert(description.key).inserted { descriptions.append(description) }
        if description.isSecret { known.insert(description.key + "_FILE") }
    }

    private func hasFault(_ key: String) -> Bool { faults.contains { $0.key == key || $0.key == key + "_FILE" } }

    private mutating func text(of description: SettingDescription) -> String? {
        let fileKey = description.key + "_FILE"
        guard description.isSecret, let path = environment[fileKey] else { return environment[description.key] }
        guard environment[description.key] == nil else {
            fault(description.key, "and \(fileKey) are both set: set one")
            return nil
        }
        return text(ofFile: path, namedBy: fileKey)
    }

    private mutating func text(ofFile path: String, namedBy key: String) -> String? {
        do {
            var text = try readFile(path)
            if text.last?.isNewline == true { text.removeLast() }
            if !text.isEmpty { return text }
            fault(key, "names an empty file")
        } catch let unreadable as UnreadableFile {
            fault(key, unreadable.rule)
        } catch {
            fault(key, "names a file that can't be read")
        }
        return nil
    }
}

extension SettingsReader {
    /// librdkafka's keys that end in `.file`, all of them from 2.11 or later: their values are paths for librdkafka.
    public static let librdkafkaFileKeys: Set<String> = [
        "sasl.oauthbearer.assertion.file", "sasl.oauthbearer.assertion.jwt.template.file",
        "sasl.oauthbearer.assertion.private.key.file",
    ]

    /// All variables with a prefix, under the keys of the library they are meant for: `RDKAFKA_SSL_CA_LOCATION` becomes
    /// `ssl.ca.location`. Their values are for the library to judge.
    ///
    /// `<variable>_FILE` reads the value from the file, unless the library itself has a key that ends so.
    /// - Parameter ownFileKeys: such keys of the library.
    public mutating func prefixed(
        _ prefix: String, ownFileKeys: Set<String> = librdkafkaFileKeys
    ) -> [String: String] {
        var values: [String: String] = [:]
        for (variable, value) in environment.filter({ $0.key.hasPrefix(prefix) }).sorted(by: { $0.key < $1.key }) {
            known.insert(variable)
            var key = variable.dropFirst(prefix.count).lowercased().replacing("_", with: ".")
            var text: String? = value
            if key.hasSuffix(".file"), !ownFileKeys.contains(key) {
                key.removeLast(".file".count)
                text = self.text(ofFile: value, namedBy: variable)
            }
            if values[key] != nil { fault(variable, "and \(variable.dropLast("_FILE".count)) are both set: set one") }
            if let text { values[key] = text }
        }
        return values
    }
}
