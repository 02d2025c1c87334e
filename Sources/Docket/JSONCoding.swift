/// Turns values into JSON and back by their own `CodingKeys`, keeping whole numbers and strings exactly.
package enum JSONCoding {
    package static func encode(_ value: some Encodable) throws -> JSONValue {
        let encoder = ValueEncoder(codingPath: [])
        try value.encode(to: encoder)
        return encoder.box.value
    }

    /// The same straight to canonical bytes.
    package static func canonicalBytes(_ value: some Encodable) throws -> [UInt8] {
        let encoder = ValueEncoder(codingPath: [])
        try value.encode(to: encoder)
        var output: [UInt8] = []
        output.reserveCapacity(512)
        try encoder.box.write(to: &output)
        return output
    }

    package static func decode<Value: Decodable>(_: Value.Type, from json: JSONValue) throws -> Value {
        try Value(from: ValueDecoder(value: json, codingPath: []))
    }

    /// A decoder over a value already read, for what chooses its type by hand.
    package static func decoder(over json: JSONValue) -> any Decoder { ValueDecoder(value: json, codingPath: []) }
}

/// A place in the tree being built. A class, because containers fill what their encoder returns.
private final class Box {
    private enum Shape { case value, object, array }

    private var shape = Shape.value
    private var leaf = JSONValue.null
    private var keys: [String] = []
    private var boxes: [Box] = []

    var value: JSONValue {
        switch shape {
        case .value: leaf
        case .object: .object(Dictionary(zip(keys, boxes.map(\.value)), uniquingKeysWith: { _, last in last }))
        case .array: .array(boxes.map(\.value))
        }
    }

    var count: Int { boxes.count }

    func set(_ value: JSONValue) {
        shape = .value
        leaf = value
    }

    func becomeObject() {
        if shape != .object { (shape, keys, boxes) = (.object, [], []) }
    }

    func becomeArray() { (shape, keys, boxes) = (.array, [], []) }

    func member(_ key: String) -> Box {
        becomeObject()
        let box = Box()
        if let index = keys.firstIndex(of: key) {
            boxes[index] = box
        } else {
            keys.append(key)
            boxes.append(box)
        }
        return box
    }

    func element() -> Box {
        let box = Box()
        boxes.append(box)
        return box
    }

    /// As canonical JSON.
    func write(to output: inout [UInt8]) throws(JSONFailure) {
        switch shape {
        case .value: try CanonicalJSON.write(leaf, to: &output)
        case .array:
            output.append(UInt8(ascii: "["))
            for (index, box) in boxes.enumerated() {
                if index > 0 { output.append(UInt8(ascii: ",")) }
                try box.write(to: &output)
            }
            output.append(UInt8(ascii: "]"))
        case .object:
            output.append(UInt8(ascii: "{"))
            let order = keys.indices.sorted { CanonicalJSON.precedes(keys[$0], keys[$1]) }
            for (place, index) in order.enumerated() {
                if place > 0 { output.append(UInt8(ascii: ",")) }
                CanonicalJSON.write(keys[index], to: &output)
                output.append(UInt8(ascii: ":"))
                try boxes[index].write(to: &output)
            }
            output.append(UInt8(ascii: "}"))
        }
    }
}

private struct ValueEncoder: Encoder {
    let box: Box
    var codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(box: Box = Box(), codingPath: [any CodingKey]) {
        self.box = box
        self.codingPath = codingPath
    }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        box.becomeObject()
        return KeyedEncodingContainer(KeyedEncoding<Key>(box: box, codingPath: codingPath))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        box.becomeArray()
        return UnkeyedEncoding(box: box, codingPath: codingPath)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { SingleEncoding(box: box, codingPath: codingPath) }
}

private let integers: Set = [
    ObjectIdentifier(Int.self), ObjectIdentifier(Int64.self), ObjectIdentifier(Int32.self),
    ObjectIdentifier(Int16.self), ObjectIdentifier(Int8.self), ObjectIdentifier(UInt.self),
    ObjectIdentifier(UInt64.self), ObjectIdentifier(UInt32.self), ObjectIdentifier(UInt16.self),
    ObjectIdentifier(UInt8.self),
]

private func write<Value: Encodable>(_ value: Value, to box: Box, at path: @autoclosure () -> [any CodingKey]) throws {
    // By the type first: a cast that fails costs more than all the rest.
    if Value.self == String.self, let text = value as? String { return box.set(.text(text)) }
    if Value.self == Bool.self, let bool = value as? Bool { return box.set(.bool(bool)) }
    if Value.self == Double.self || Value.self == Float.self { throw JSONFailure.fraction }
    if integers.contains(ObjectIdentifier(Value.self)), let integer = value as? any FixedWidthInteger {
        guard let exact = Int64(exactly: integer) else { throw JSONFailure.integerOutOfRange }
        return box.set(.integer(exact))
    }
    try value.encode(to: ValueEncoder(box: box, codingPath: path()))
}

private struct KeyedEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let box: Box
    let codingPath: [any CodingKey]

    mutating func encodeNil(forKey key: Key) throws { box.member(key.stringValue).set(.null) }
    mutating func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        try write(value, to: box.member(key.stringValue), at: codingPath + [key])
    }
    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        ValueEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key]).container(keyedBy: Nested.self)
    }
    mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        ValueEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key]).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { ValueEncoder(box: box.member("super"), codingPath: codingPath) }
    mutating func superEncoder(forKey key: Key) -> any Encoder {
        ValueEncoder(box: box.member(key.stringValue), codingPath: codingPath + [key])
    }
}

private struct UnkeyedEncoding: UnkeyedEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]
    var count: Int { box.count }

    mutating func encodeNil() throws { box.element().set(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws { try write(value, to: box.element(), at: codingPath) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy _: Nested.Type) -> KeyedEncodingContainer<Nested> {
        ValueEncoder(box: box.element(), codingPath: codingPath).container(keyedBy: Nested.self)
    }
    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        ValueEncoder(box: box.element(), codingPath: codingPath).unkeyedContainer()
    }
    mutating func superEncoder() -> any Encoder { ValueEncoder(box: box.element(), codingPath: codingPath) }
}

private struct SingleEncoding: SingleValueEncodingContainer {
    let box: Box
    let codingPath: [any CodingKey]

    mutating func encodeNil() throws { box.set(.null) }
    mutating func encode<T: Encodable>(_ value: T) throws { try write(value, to: box, at: codingPath) }
}

private struct ValueDecoder: Decoder {
    let value: JSONValue
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw mismatch(Key.self) }
        return KeyedDecodingContainer(KeyedDecoding<Key>(members: members, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw mismatch([JSONValue].self) }
        return UnkeyedDecoding(elements: elements, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        SingleDecoding(value: value, codingPath: codingPath)
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "another kind of JSON value"))
    }
}

private func read<T: Decodable>(_ type: T.Type, from value: JSONValue, at path: [any CodingKey]) throws -> T {
    switch (type, value) {
    case (is String.Type, .text(let text)): if let text = text as? T { return text }
    case (is Bool.Type, .bool(let bool)): if let bool = bool as? T { return bool }
    case (let integers as any FixedWidthInteger.Type, .integer(let integer)):
        if let exact = integers.init(exactly: integer) as? T { return exact }
    case (is String.Type, _), (is Bool.Type, _), (is any FixedWidthInteger.Type, _), (is Double.Type, _): break
    default: return try T(from: ValueDecoder(value: value, codingPath: path))
    }
    throw DecodingError.typeMismatch(type, .init(codingPath: path, debugDescription: "another kind of JSON value"))
}

private struct KeyedDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: [String: JSONValue]
    let codingPath: [any CodingKey]

    var allKeys: [Key] { members.keys.compactMap(Key.init(stringValue:)) }
    func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try member(key) == .null }
    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try read(type, from: try member(key), at: codingPath + [key])
    }
    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { try superDecoder(forKey: key).container(keyedBy: type) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try superDecoder(forKey: key).unkeyedContainer()
    }
    func superDecoder() throws -> any Decoder { ValueDecoder(value: .object(members), codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder {
        ValueDecoder(value: try member(key), codingPath: codingPath + [key])
    }

    private func member(_ key: Key) throws -> JSONValue {
        guard let value = members[key.stringValue] else {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return value
    }
}

private struct UnkeyedDecoding: UnkeyedDecodingContainer {
    let elements: [JSONValue]
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0

    init(elements: [JSONValue], codingPath: [any CodingKey]) {
        self.elements = elements
        self.codingPath = codingPath
    }

    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex >= elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type, from: try next(), at: codingPath) }
    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested>
    {
        try superDecoder().container(keyedBy: type)
    }
    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try superDecoder().unkeyedContainer()
    }
    mutating func superDecoder() throws -> any Decoder { ValueDecoder(value: try next(), codingPath: codingPath) }

    private mutating func next() throws -> JSONValue {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                JSONValue.self, .init(codingPath: codingPath, debugDescription: "the array has ended"))
        }
        defer { currentIndex += 1 }
        return elements[currentIndex]
    }
}

private struct SingleDecoding: SingleValueDecodingContainer {
    let value: JSONValue
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { value == .null }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try read(type, from: value, at: codingPath) }
}
