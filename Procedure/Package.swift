// swift-tools-version: 6.1
import PackageDescription

// The law as pure functions and values. No dependency, by design: `Procedure` knows no clock, no database, no network.
// `ProcedureTables` carries the dated tables (limits, fees, causes …) and is the only part that reads files.
let package = Package(
    name: "Procedure",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Procedure", targets: ["Procedure"]),
        .library(name: "ProcedureTables", targets: ["ProcedureTables"]),
    ],
    targets: [
        .target(name: "Procedure", path: "Sources"),
        .target(name: "ProcedureTables", dependencies: ["Procedure"], path: "Tables", resources: [.copy("Data")]),
        .testTarget(
            name: "ProcedureTests", dependencies: ["Procedure", "ProcedureTables"], path: "Tests",
            exclude: ["Cases/Samples"]),
    ],
    swiftLanguageModes: [.v6]
)
