/// Which module may see which: a module imports modules of lower levels only.
enum Levels {
    static let level = [
        "CRdKafka": 0, "CSQLite": 0, "CMicroHTTPD": 0, "CCurl": 0, "COpenSSL": 0,
        "Runtime": 1,
        "Telemetry": 2, "Configuration": 2, "Cryptography": 2, "FHIR": 2,
        "Events": 3, "Store": 3, "Kafka": 3, "HTTPServer": 3, "HTTPClient": 3, "Documents": 3,
        "Delivery": 4, "Instruments": 4,
    ]

    static let services = ["Intake", "Scoring", "ReferralRouter", "Notifier", "Reporting"]
    private static let serviceLevel = 5

    /// Programs for development, under `Tests`.
    static let tools = ["DevelopmentBroker", "DevelopmentReceiver", "Families", "Benchmark"]

    /// The folders that may import each C module: its one owner, and what tests need of it.
    static let ownersOfC: [String: Set<String>] = [
        "CRdKafka": ["Shared/Kafka", "Tests/Support", "Tests/DevelopmentBroker"],
        "CSQLite": ["Shared/Store"],
        "CMicroHTTPD": ["Shared/HTTPServer"],
        "CCurl": ["Shared/HTTPClient"],
        "COpenSSL": ["Shared/Cryptography"],
        "CFixedPort": ["Tests/DevelopmentBroker", "Tests/Support"],
        "CSanitizer": ["Tests/Support"],
        "CSpawn": ["Tests/Support"],
    ]

    /// What the toolchain brings. There are no packages.
    static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationEssentials", "Glibc", "RegexBuilder", "Synchronization",
    ]

    /// Why a file in `folder` may not import `module`; nil when it may.
    static func objection(to module: String, in folder: String) -> String? {
        if toolchain.contains(module) { return nil }
        if let owners = ownersOfC[module] {
            return owners.contains(folder)
                ? nil : "only \(owners.sorted().joined(separator: ", ")) may import \(module)"
        }
        let parts = folder.split(separator: "/").map(String.init)
        guard parts.count == 2 else { return "a source stands in the folder of its target" }
        switch parts[0] {
        case "Tests": return objection(to: module, inTests: parts[1])
        case "Services":
            if services.contains(module) { return "a service doesn't know another one (\(module))" }
            return objection(to: module, at: serviceLevel)
        case "Shared":
            guard let own = level[parts[1]] else { return "\(parts[1]) has no level" }
            return objection(to: module, at: own)
        default: return "Swift sources stand under Services, Shared and Tests"
        }
    }

    private static func objection(to module: String, at own: Int) -> String? {
        guard let other = level[module] else { return "\(module) is no module of this repository or the toolchain" }
        return other < own ? nil : "level \(own) doesn't import \(module), which is level \(other)"
    }

    private static func objection(to module: String, inTests target: String) -> String? {
        if ["Testing", "Support", "Trials"].contains(module) || level[module] != nil { return nil }
        if services.contains(module) || tools.contains(module) {
            return target == module + "Tests" ? nil : "only \(module)Tests imports \(module)"
        }
        return "\(module) is no module of this repository or the toolchain"
    }
}
