// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "Ledger",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Ledger", targets: ["Ledger"]),
        .executable(name: "xiezhi-verify", targets: ["xiezhi-verify"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2")
    ],
    targets: [
        .target(name: "Ledger", dependencies: [.product(name: "Crypto", package: "swift-crypto")]),
        .executableTarget(name: "xiezhi-verify", dependencies: ["Ledger"]),
        .testTarget(name: "LedgerTests", dependencies: ["Ledger", "xiezhi-verify"]),
    ],
    swiftLanguageModes: [.v6]
)
