// swift-tools-version: 6.1
import PackageDescription

// The server. The law (`Procedure`) and the proof (`Ledger`) are packages of their own, usable without it.
// Areas import the spine and never each other; `Tests/Imports` checks it.

let procedure: [Target.Dependency] = [.product(name: "Procedure", package: "Procedure")]
let tables: Target.Dependency = .product(name: "ProcedureTables", package: "Procedure")
let ledger: Target.Dependency = .product(name: "Ledger", package: "Ledger")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")

/// What every area stands on.
let spine: [Target.Dependency] =
    ["Storage", "Docket", "Proofs", "Accounts", "Documents", "Web", "Suggestions", tables, hummingbird, logging]
    + procedure

func area(_ name: String, _ more: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: spine + more)
}

/// An area's tests: its use cases on a real court, its routes over HTTP.
func areaTests(_ name: String, of area: String) -> Target {
    .testTarget(
        name: name,
        dependencies: [
            .byName(name: area), "TestSupport", tables, .product(name: "HummingbirdTesting", package: "hummingbird"),
        ])
}

let areas = [
    "People", "Filing", "ServiceOfProcess", "Evidence", "Hearing", "Judgment", "CaseFile", "LawPages",
]

let package = Package(
    name: "xiezhi",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "xiezhi", targets: ["xiezhi"])],
    dependencies: [
        .package(path: "Procedure"),
        .package(path: "Ledger"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "CMalloc"),

        // The spine
        .target(
            name: "Storage",
            dependencies: [
                "CPostgres", .product(name: "GRDB", package: "GRDB.swift"), crypto, cryptoExtras, logging,
                .product(name: "NIOPosix", package: "swift-nio"), nio,
            ] + procedure),
        .target(name: "Docket", dependencies: ["Storage", ledger, crypto, logging, lifecycle] + procedure),
        .target(name: "Proofs", dependencies: ["Storage", "Docket", ledger, crypto, logging, lifecycle] + procedure),
        .target(
            name: "Accounts",
            dependencies: [
                "Storage", "Docket", crypto, cryptoExtras, logging, .product(name: "NIOPosix", package: "swift-nio"),
            ]
                + procedure),
        .target(
            name: "Documents",
            dependencies: [
                "CPango", "CCrypto", "Storage", .product(name: "Subprocess", package: "swift-subprocess"), logging,
            ] + procedure),
        .target(
            name: "Web",
            dependencies: [
                "CZlib", "Accounts", "Docket", "Storage", hummingbird, nio, crypto, logging,
                .product(name: "Metrics", package: "swift-metrics"),
            ] + procedure,
            resources: [.copy("Assets")]),
        .target(name: "Suggestions", dependencies: procedure, resources: [.copy("Data")]),

        // The areas
        area("People"),
        area("Filing"),
        area("ServiceOfProcess"),
        area("Evidence"),
        area("Hearing"),
        area("Judgment"),
        .target(name: "CaseFile", dependencies: spine + ["CArchive", crypto, ledger], resources: [.copy("Page")]),
        area("LawPages"),

        // The whole
        .target(
            name: "CourtServer",
            dependencies: spine + areas.map { .byName(name: $0) } + [
                "CMalloc", lifecycle, .product(name: "Metrics", package: "swift-metrics"),
            ]),
        .target(name: "Demonstration", dependencies: spine + ["CourtServer"]),
        .executableTarget(
            name: "xiezhi",
            dependencies: [
                "CourtServer", "Demonstration", tables,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),
        // Measures the court; never shipped.
        .executableTarget(
            name: "xiezhi-bench",
            dependencies: [
                "Storage", "Docket", "Accounts", "Web", "CourtServer", "Demonstration", ledger, crypto, logging, nio,
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ] + procedure,
            path: "Benchmarks"),

        // What tests of several targets stand on: a court without areas, on either database.
        .target(
            name: "TestSupport",
            dependencies: ["Storage", "Docket", "Proofs", "Accounts", "Documents", "Web", tables, crypto, logging]
                + procedure,
            path: "Tests/Support"),
        .testTarget(name: "StorageTests", dependencies: ["Storage", "TestSupport"]),
        .testTarget(name: "DocketTests", dependencies: ["Docket", "TestSupport", ledger]),
        .testTarget(name: "ProofsTests", dependencies: ["Proofs", "TestSupport", ledger]),
        .testTarget(
            name: "AccountsTests", dependencies: ["Accounts", "TestSupport"], exclude: ["permission-matrix.txt"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents"]),
        .testTarget(
            name: "WebTests",
            dependencies: ["Web", .product(name: "HummingbirdTesting", package: "hummingbird")]),
        .testTarget(
            name: "CourtServerTests",
            dependencies: [
                "CourtServer", "Demonstration", "TestSupport",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        areaTests("PeopleTests", of: "People"),
        areaTests("EvidenceTests", of: "Evidence"),
        areaTests("FilingTests", of: "Filing"),
        areaTests("FilingDeskTests", of: "Filing"),
        areaTests("ServiceTests", of: "ServiceOfProcess"),
        areaTests("LawPagesTests", of: "LawPages"),
        .testTarget(
            name: "CaseFileTests",
            dependencies: [
                "CaseFile", "CourtServer", "Demonstration", "TestSupport", ledger,
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ]),
        .testTarget(name: "ImportsTests", path: "Tests/Imports"),
    ],
    swiftLanguageModes: [.v6]
)
