import Testing

@testable import Ledger

@Suite("The tree of the certificate-transparency tests")
struct MerkleTreeTests {
    static let roots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("roots of sizes 0 to 8", arguments: 0...8)
    func root(size: Int) {
        #expect(MerkleTree.root(of: Golden.leaves.prefix(size)).hex == Self.roots[size])
    }

    @Test("single leaves and nodes")
    func singleHashes() throws {
        #expect(
            MerkleTree.leafHash(bytes(hex: "4c313233343536")).hex
                == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
        #expect(
            MerkleTree.leafHash(bytes(hex: "101112131415161718191a1b1c1d1e1f")).hex
                == "3bfb960453ebaebf33727da7a1f4db38acc051d381b6da20d6d4e88f0eabfd7a")
        let left = try #require(Hash(Array(UInt8(0x00)...0x1F)))
        let right = try #require(Hash(Array(UInt8(0x20)...0x3F)))
        #expect(
            MerkleTree.node(left, right).hex == "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57")
        // The vector with short inputs can't be a node here: a node takes two hashes. Its bytes are the same rule.
        #expect(
            Hash.sha256([0x01] + Array("N123N456".utf8)).hex
                == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
    }

    static let a = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
    static let b = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
    static let c = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
    static let d = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
    static let e = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
    static let f = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

    @Test(
        "inclusion paths",
        arguments: [
            (0, 8, [a, b, c]), (5, 8, [d, e, roots[4]]), (2, 3, [roots[2]]), (1, 5, [roots[1], b, d]),
        ])
    func inclusion(index: Int, size: Int, path: [String]) throws {
        let proof = try #require(InclusionProof(index: UInt64(index), leaves: Array(Golden.leaves.prefix(size))))
        #expect(proof.path.map(\.hex) == path)
        #expect(try proof.verifies(leaf: Golden.leaves[index], root: hash(hex: Self.roots[size])))
    }

    @Test("consistency paths", arguments: [(1, 8, [a, b, c]), (6, 8, [f, e, roots[4]]), (2, 5, [b, d])])
    func consistency(old: Int, new: Int, path: [String]) throws {
        let proof = try #require(ConsistencyProof(oldSize: UInt64(old), leaves: Array(Golden.leaves.prefix(new))))
        #expect(proof.path.map(\.hex) == path)
        #expect(try proof.verifies(oldRoot: hash(hex: Self.roots[old]), newRoot: hash(hex: Self.roots[new])))
    }

    @Test("equal sizes are consistent only with equal roots and no path; size 0 proves nothing")
    func edgesOfConsistency() {
        let (one, other) = (Golden.leaves[0], Golden.leaves[1])
        #expect(ConsistencyProof(oldSize: 4, newSize: 4, path: []).verifies(oldRoot: one, newRoot: one))
        #expect(!ConsistencyProof(oldSize: 4, newSize: 4, path: []).verifies(oldRoot: one, newRoot: other))
        #expect(!ConsistencyProof(oldSize: 4, newSize: 4, path: [one]).verifies(oldRoot: one, newRoot: one))
        #expect(!ConsistencyProof(oldSize: 5, newSize: 4, path: []).verifies(oldRoot: one, newRoot: one))
        let empty = ConsistencyProof(oldSize: 0, newSize: 4, path: [])
        #expect(!empty.verifies(oldRoot: MerkleTree.emptyRoot, newRoot: one))
        #expect(ConsistencyProof(oldSize: 0, leaves: Golden.leaves) == nil)
    }

    @Test("every pair up to 40 leaves proves itself, and nothing else passes", arguments: 1...40)
    func everySmallTree(size: Int) throws {
        let leaves = (0..<size).map { MerkleTree.leafHash(Array("entry \($0)".utf8)) }
        let root = plainRoot(leaves[...])
        #expect(MerkleTree.root(of: leaves) == root)
        for index in 0..<size {
            let proof = try #require(InclusionProof(index: UInt64(index), leaves: leaves))
            #expect(proof.verifies(leaf: leaves[index], root: root))
            let next = InclusionProof(index: UInt64(index + 1), size: UInt64(size), path: proof.path)
            #expect(!next.verifies(leaf: leaves[index], root: root))
            let longer = InclusionProof(index: UInt64(index), size: UInt64(size), path: proof.path + [root])
            #expect(!longer.verifies(leaf: leaves[index], root: root))

            let old = plainRoot(leaves[...index])
            let growth = try #require(ConsistencyProof(oldSize: UInt64(index + 1), leaves: leaves))
            #expect(growth.verifies(oldRoot: old, newRoot: root))
            #expect(!growth.verifies(oldRoot: leaves[index], newRoot: root) || index == 0)
            guard !growth.path.isEmpty else { continue }
            let short = ConsistencyProof(
                oldSize: growth.oldSize, newSize: growth.newSize, path: growth.path.dropLast())
            #expect(!short.verifies(oldRoot: old, newRoot: root))
        }
    }
}

/// The root by the definition of RFC 6962, sharing nothing with the code under test but the hashes.
func plainRoot(_ leaves: ArraySlice<Hash>) -> Hash {
    guard let first = leaves.first else { return Hash.sha256([UInt8]()) }
    if leaves.count == 1 { return first }
    var width = 1
    while width * 2 < leaves.count { width *= 2 }
    return MerkleTree.node(plainRoot(leaves.prefix(width)), plainRoot(leaves.dropFirst(width)))
}
