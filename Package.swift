// swift-tools-version: 6.2
// BarnSäkert: five services, the modules they share, their tests. No package dependencies: the outside world comes
// from Debian's C libraries, each wrapped by one module (level 0) that exactly one other module imports.

import PackageDescription

let house: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    // What a generic of one module does with a type of another is made for that type, which every record of the hop is
    // cheaper by. The default goes across modules for small functions only. `unsafe` tells a package that depends on
    // this one; none does.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A module under `Shared/`.
func shared(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Shared/\(name)", exclude: exclude, resources: resources,
        swiftSettings: house)
}

/// One of the five executables under `Services/`.
func service(
    _ name: String, _ extra: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .executableTarget(
        name: name,
        dependencies: [
            "Configuration", "Cryptography", "Delivery", "Events", "HTTPServer", "Runtime", "Store", "Telemetry",
        ] + extra,
        path: "Services/\(name)", exclude: exclude, resources: resources, swiftSettings: house)
}

/// A development tool that never ships: it lives under `Tests/`.
func tool(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .executableTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: house)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude, resources: resources,
        swiftSettings: house)
}

let package = Package(
    name: "barnsakert",
    products: [
        .executable(name: "intake", targets: ["Intake"]),
        .executable(name: "scoring", targets: ["Scoring"]),
        .executable(name: "referral-router", targets: ["ReferralRouter"]),
        .executable(name: "notifier", targets: ["Notifier"]),
        .executable(name: "reporting", targets: ["Reporting"]),
        .executable(name: "development-broker", targets: ["DevelopmentBroker"]),
        .executable(name: "development-receiver", targets: ["DevelopmentReceiver"]),
        .executable(name: "families", targets: ["Families"]),
        .executable(name: "benchmark", targets: ["Benchmark"]),
        .executable(name: "bare-loop", targets: ["BareLoop"]),
    ],
    dependencies: [],
    targets: [
        // Level 0: C libraries.
        .systemLibrary(
            name: "CRdKafka", path: "Shared/CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
        .systemLibrary(
            name: "CSQLite", path: "Shared/CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(
            name: "CMicroHTTPD", path: "Shared/CMicroHTTPD", pkgConfig: "libmicrohttpd",
            providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Shared/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "COpenSSL", path: "Shared/COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        // Level 1.
        shared("Runtime"),

        // Level 2.
        shared("Telemetry", ["Runtime"]),
        shared("Configuration", ["Runtime"]),
        shared("Cryptography", ["COpenSSL", "Runtime"]),
        shared("FHIR"),

        // Level 3.
        shared("Events", ["Cryptography", "FHIR", "Runtime"], exclude: ["Schemas", "asyncapi.json"]),
        shared("Store", ["CSQLite", "Cryptography", "Runtime", "Telemetry"]),
        shared("Kafka", ["CRdKafka", "Configuration", "Runtime", "Telemetry"]),
        shared("HTTPServer", ["CMicroHTTPD", "Configuration", "Cryptography", "Runtime", "Telemetry"]),
        shared("HTTPClient", ["CCurl", "Runtime", "Telemetry"]),

        shared("Documents", ["FHIR"]),

        // Level 4. Delivery is the only place where Store meets Kafka.
        shared("Instruments", ["Documents", "Events", "FHIR"], exclude: ["Language.md"]),
        shared(
            "Delivery",
            [
                "Configuration", "Cryptography", "Documents", "Events", "HTTPClient", "HTTPServer", "Kafka", "Runtime",
                "Store", "Telemetry",
            ]),

        // Level 5: the services.
        service("Intake", ["Documents", "FHIR", "Instruments"], resources: [.embedInCode("openapi.json")]),
        service("Scoring", ["Documents", "FHIR", "Instruments"]),
        service("ReferralRouter", ["Documents"]),
        service("Notifier", ["Documents", "HTTPClient"], resources: [.embedInCode("openapi.json")]),
        service("Reporting", exclude: ["openapi.json"]),

        // Development tools.
        .target(name: "CFixedPort", path: "Tests/CFixedPort"),
        tool("DevelopmentBroker", ["CFixedPort", "CRdKafka", "Events", "Runtime", "Support", "Telemetry"]),
        tool("DevelopmentReceiver", ["Cryptography", "HTTPServer", "Runtime", "Telemetry"]),
        tool("Families", ["Cryptography", "HTTPClient", "Runtime", "Support"]),
        tool("Benchmark", ["Events", "HTTPClient", "HTTPServer", "Kafka", "Runtime", "Support", "Telemetry"]),
        .executableTarget(
            name: "BareLoop", dependencies: ["COpenSSL", "CRdKafka", "CSQLite"], path: "Tests/BareLoop",
            linkerSettings: [.linkedLibrary("crypto"), .linkedLibrary("rdkafka"), .linkedLibrary("sqlite3")]),

        // Tests.
        .target(name: "CSanitizer", path: "Tests/CSanitizer"),
        .target(name: "CSpawn", path: "Tests/CSpawn"),
        .target(
            name: "Support",
            dependencies: [
                "CFixedPort", "CRdKafka", "CSanitizer", "CSpawn", "Cryptography", "Delivery", "Documents", "Events",
                "FHIR", "HTTPClient", "HTTPServer", "Instruments", "Kafka", "Runtime", "Store", "Telemetry",
            ],
            path: "Tests/Support", swiftSettings: house),
        .target(
            name: "Trials", dependencies: ["Events", "Kafka", "Support"], path: "Tests/Trials", swiftSettings: house),
        tests("SupportTests", ["Support"]),
        tests("RuntimeTests", ["Runtime", "Support"]),
        tests("TelemetryTests", ["Runtime", "Telemetry"]),
        tests("ConfigurationTests", ["Configuration", "Runtime"]),
        tests("CryptographyTests", ["Cryptography"]),
        tests("FamiliesTests", ["Families", "Runtime", "Support"]),
        tests("FHIRTests", ["FHIR"], resources: [.copy("Fixtures")]),
        tests("EventsTests", ["Cryptography", "Events", "Runtime", "Support"], resources: [.copy("Fixtures")]),
        tests("StoreTests", ["Cryptography", "Runtime", "Store", "Support"]),
        tests("KafkaTests", ["Events", "Kafka", "Runtime", "Support", "Telemetry"]),
        tests("HTTPServerTests", ["Cryptography", "HTTPServer", "Runtime", "Support", "Telemetry"]),
        tests("HTTPClientTests", ["HTTPClient", "Runtime", "Support"]),
        tests(
            "DevelopmentReceiverTests",
            ["Cryptography", "DevelopmentReceiver", "HTTPClient", "HTTPServer", "Runtime", "Telemetry"]),
        tests("DeliveryTests", ["Delivery", "Events", "Kafka", "Runtime", "Store", "Support", "Telemetry"]),
        tests(
            "IntakeTests",
            [
                "Cryptography", "Delivery", "Documents", "Events", "FHIR", "HTTPClient", "HTTPServer", "Intake",
                "Kafka", "Runtime", "Store", "Support", "Telemetry", "Trials",
            ]),
        tests(
            "InstrumentsTests", ["Documents", "Events", "Instruments", "Support"], resources: [.copy("Fixtures")]),
        tests(
            "ScoringTests",
            [
                "Cryptography", "Delivery", "Events", "Instruments", "Kafka", "Runtime", "Scoring", "Store", "Support",
                "Telemetry", "Trials",
            ],
            exclude: ["PaperCheck/PaperCheck.md", "PaperCheck/PaperCheck.svg"], resources: [.copy("Golden")]),
        tests(
            "ReferralRouterTests",
            [
                "Delivery", "Documents", "Events", "Kafka", "ReferralRouter", "Runtime", "Store", "Support",
                "Telemetry",
                "Trials",
            ]),
        tests(
            "NotifierTests",
            [
                "Configuration", "Cryptography", "Delivery", "Events", "HTTPClient", "HTTPServer", "Kafka", "Notifier",
                "Runtime", "Store", "Support", "Telemetry", "Trials",
            ], resources: [.copy("Fixtures")]),
        tests(
            "ReportingTests",
            [
                "Cryptography", "Delivery", "Events", "HTTPClient", "HTTPServer", "Kafka", "Reporting", "Runtime",
                "Store", "Support", "Telemetry", "Trials",
            ]),
        tests("ChainTests", ["Events", "Runtime", "Support"]),
        tests("TidyTests"),
    ]
)
