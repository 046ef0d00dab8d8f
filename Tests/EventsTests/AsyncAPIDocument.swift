import Events
import Support

/// The AsyncAPI 3.0 document of all topics, made from the catalogue.
enum AsyncAPIDocument {
    static var document: JSONValue {
        [
            "asyncapi": "3.0.0",
            "info": [
                "title": "BarnSäkert: what crosses between the services",
                "version": "1.0.0",
                "description": """
                All topics of one region, who writes and who reads them. A deployment may set a prefix, which then \
                stands before every address. Made from the catalogue in Shared/Events by its tests.
                """,
            ],
            "defaultContentType": "application/json",
            "servers": ["kafka": ["host": "localhost:9092", "protocol": "kafka", "description": "An example."]],
            "channels": object(Catalogue.contracts.map { (key($0.topic.rawValue), channel($0)) }),
            "operations": object(Catalogue.contracts.flatMap(operations)),
            "components": [
                "messages": object(EventType.allCases.map { (key($0.name), message($0)) }),
                "schemas": ["headers": headers],
            ],
        ]
    }

    private static let binding: JSONValue = "0.5.0"

    /// A name as a member of the document: AsyncAPI's keys have no dots.
    private static func key(_ name: String) -> String { name.replacing(".", with: "-") }

    private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(Dictionary(uniqueKeysWithValues: members))
    }

    private static func types(on topic: Topic) -> [EventType] { EventType.allCases.filter { $0.topic == topic } }

    private static func channel(_ contract: TopicContract) -> JSONValue {
        let messages = types(on: contract.topic).map {
            (key($0.name), ["$ref": .string("#/components/messages/\(key($0.name))")] as JSONValue)
        }
        let configuration: JSONValue =
            switch contract.retention {
            case .days(let days):
                ["cleanup.policy": ["delete"], "retention.ms": .integer(days * 86_400_000)]
            case .compacted: ["cleanup.policy": ["compact"]]
            }
        return [
            "address": .string(contract.name),
            "messages": object(messages),
            "bindings": [
                "kafka": [
                    "topic": .string(contract.name), "partitions": .integer(Int(contract.partitions)),
                    "topicConfiguration": configuration, "bindingVersion": binding,
                ]
            ],
            "x-record-bytes-max": .integer(contract.recordBytesMax),
            "x-key": .string(contract.keyKind.rawValue),
        ]
    }

    private static func operations(_ contract: TopicContract) -> [(String, JSONValue)] {
        let topic = key(contract.topic.rawValue)
        let send = operation("send", contract, by: contract.writer, types(on: contract.topic))
        return [("\(contract.writer.rawValue)-writes-\(topic)", send)]
            + contract.readers.map { reader in
                var receive = operation("receive", contract, by: reader.service, reader.knows.sorted(by: order))
                receive["x-order-matters"] = .boolean(reader.orderMatters)
                return ("\(reader.service.rawValue)-reads-\(topic)", receive)
            }
    }

    private static func order(_ left: EventType, _ right: EventType) -> Bool { left.name < right.name }

    private static func operation(
        _ action: String, _ contract: TopicContract, by service: ServiceName, _ types: [EventType]
    ) -> JSONValue {
        let channel = "#/channels/\(key(contract.topic.rawValue))"
        return [
            "action": .string(action),
            "channel": ["$ref": .string(channel)],
            "messages": .array(types.map { ["$ref": .string("\(channel)/messages/\(key($0.name))")] }),
            "bindings": [
                "kafka": ["clientId": ["const": .string(service.rawValue)], "bindingVersion": binding]
            ],
        ]
    }

    private static func message(_ type: EventType) -> JSONValue {
        let schema = type.body == nil ? "dead-letter" : type.name
        return [
            "name": .string(type.ceType),
            "contentType": "application/json",
            "headers": [
                "allOf": [
                    ["$ref": "#/components/schemas/headers"],
                    [
                        "type": "object",
                        "properties": [
                            "ce_type": ["const": .string(type.ceType)],
                            "ce_dataschema": ["const": .string(type.dataSchema)],
                        ],
                    ],
                ]
            ],
            "payload": [
                "schemaFormat": "application/schema+json;version=2020-12",
                "schema": ["$ref": .string("./Schemas/\(schema).v1.json")],
            ],
            "bindings": ["kafka": ["key": key(of: type), "bindingVersion": binding]],
        ]
    }

    private static func key(of type: EventType) -> JSONValue {
        switch Catalogue.contract(for: type.topic).keyKind {
        case .child:
            ["type": "string", "format": "uuid", "description": "The child's surrogate, lower case."]
        case .object: ["type": "string", "description": "The reference object."]
        case .municipality: ["type": "string", "description": "SCB code, a slash, the object within the municipality."]
        case .organisation: ["type": "string", "description": "The organisation."]
        case .asRead: ["type": "string", "description": "As the record that the notice is about."]
        }
    }

    private static var headers: JSONValue {
        let required = HeaderName.allCases.filter(\.isRequired).map { JSONValue.string($0.rawValue) }
        return [
            "type": "object",
            "description": "CloudEvents 1.0.2 in Kafka's binary mode; text in UTF-8.",
            "required": .array(required),
            "properties": object(HeaderName.allCases.map { ($0.rawValue, header($0)) }),
        ]
    }

    private static func header(_ name: HeaderName) -> JSONValue {
        switch name {
        case .specificationVersion: ["const": "1.0"]
        case .contentType: ["const": .string(Envelope.contentType)]
        case .id: ["type": "string", "format": "uuid", "description": "UUIDv8; with the source unique for ever."]
        case .causationID: ["type": "string", "format": "uuid", "description": "The event that led to this one."]
        case .source: ["type": "string", "pattern": "^/barnsakert/[^/]+/[^/]+$"]
        case .type: ["type": "string", "pattern": #"^barnsakert\..+\.v[0-9]+$"#]
        case .time: ["type": "string", "format": "date-time", "description": "When it was recorded."]
        case .dataSchema: ["type": "string", "format": "uri"]
        case .subject: ["type": "string", "minLength": 1, "description": "What the fact is about."]
        case .partitionKey: ["type": "string", "minLength": 1, "description": "The record's key."]
        case .traceparent: ["type": "string", "description": "W3C trace context."]
        case .revision: ["type": "string", "pattern": "^[1-9][0-9]*$", "description": "Of the fact, from 1."]
        case .epoch: ["type": "string", "pattern": "^(0|[1-9][0-9]*)$", "description": "Of the writer's store."]
        case .keyID: ["type": "string", "minLength": 1, "description": "Key that the value is sealed with."]
        }
    }
}
