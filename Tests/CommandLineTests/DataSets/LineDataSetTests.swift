import StrictJSON
import TestSupport
import Testing

@Suite("Data sets of lines", .needsProgram)
struct LineDataSetTests {
    private let folder = TemporaryFolder()

    private func make(_ arguments: String..., to output: String = "set") throws {
        let outcome = try Program.run(
            ["dataset", "--height", "20", "--seed", "1", "-o", output] + arguments, folder: folder.path)
        outcome.expectSuccess()
    }

    /// Expects that the folder "set" holds the data set.
    private func expectDone(_ arguments: String...) throws {
        let outcome = try Program.run(
            ["dataset", "--height", "20", "--seed", "1", "-o", "set"] + arguments, folder: folder.path)
        #expect(outcome.status == 0 && outcome.errors == "digitgen: 'set' already holds this data set\n")
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try #require(folder.contents(name)), as: UTF8.self)
    }

    private func lines(_ name: String) throws -> [String] {
        try text(name).split(separator: "\n").map(String.init)
    }

    private func png(_ name: String) throws -> DecodedPNG {
        let bytes = try #require(folder.contents(name))
        return try #require(DecodedPNG(bytes))
    }

    private func numbers(_ box: JSONValue) throws -> [Int] {
        var numbers: [Int] = []
        for value in box.array ?? [] {
            let number = try #require(value.number)
            numbers.append(try number.integer(as: Int.self))
        }
        return numbers
    }

    private func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)[...]) }

    @Test("jsonl has picture, text and a box for each character, tight in the picture")
    func jsonl() throws {
        try make(
            "--pattern", "## #.#", "--count", "5", "--labels", "jsonl", "--touch", "0", "--spacing", "60")
        let rows = try lines("set/metadata.jsonl")
        #expect(rows.count == 5)
        for row in rows {
            let object = try #require(try json(row).object)
            let name = try #require(object["file_name"]?.string)
            let png = try self.png("set/\(name)")
            let text = try #require(object["text"]?.string)
            let boxes = try #require(object["boxes"]?.array)
            #expect(png.height == 20 && boxes.count == text.utf8.filter { $0 != 32 }.count)
            for box in boxes {
                let numbers = try self.numbers(box)
                let columns = numbers[0]..<numbers[0] + numbers[2]
                let rows = numbers[1]..<numbers[1] + numbers[3]
                #expect(columns.upperBound <= png.width && rows.upperBound <= png.height)
                for edge in [columns.lowerBound, columns.upperBound - 1] {
                    #expect(rows.contains { png.pixels[$0 * png.width + edge] > 0 })
                }
                for edge in [rows.lowerBound, rows.upperBound - 1] {
                    #expect(columns.contains { png.pixels[edge * png.width + $0] > 0 })
                }
            }
        }
        #expect(try text("set/.manifest.json").contains("\"pattern\":\"## #.#\""))
    }

    @Test("texts from a file are labelled as each trainer reads them")
    func labels() throws {
        folder.write(Array("12.50\n1,204.00\n4 2\n".utf8), to: "texts")
        func make(_ format: String) throws {
            try self.make("--from", "texts", "--labels", format, to: format)
        }
        try make("txt")
        #expect(
            try lines("txt/gt.txt") == [
                "images/00000000.png\t12.50", "images/00000001.png\t1,204.00", "images/00000002.png\t4 2",
            ])
        try make("csv")
        #expect(
            try lines("csv/labels.csv") == [
                "filename,text", "images/00000000.png,12.50", "images/00000001.png,\"1,204.00\"",
                "images/00000002.png,4 2",
            ])
        try make("easyocr")
        #expect(
            try lines("easyocr/labels.csv") == [
                "filename,words", "00000000.png,12.50", "00000001.png,1,204.00", "00000002.png,4 2",
            ])
        try make("paddle")
        #expect(try lines("paddle/rec_gt_train.txt")[1] == "images/00000001.png\t1,204.00")
        try make("doctr")
        #expect(try json(text("doctr/labels.json")).object?["00000001.png"]?.string == "1,204.00")
        try make("tesseract")
        #expect(try text("tesseract/00000001.gt.txt") == "1,204.00\n")
        let boxes = try lines("tesseract/00000002.box").map {
            $0.split(separator: " ", omittingEmptySubsequences: false)
        }
        #expect(boxes.map { $0[0] } == ["4", "", "2", "\t"])
        #expect(folder.contents("tesseract/00000002.png") != nil)
    }

    @Test("coco and yolo have the same boxes, in COCO's and in YOLO's numbers")
    func boxes() throws {
        try make("--pattern", "#-#", "--count", "3", "--labels", "coco", to: "coco")
        try make("--pattern", "#-#", "--count", "3", "--labels", "yolo", to: "yolo")
        let coco = try #require(try json(text("coco/annotations.json")).object)
        let annotations = try #require(coco["annotations"]?.array)
        #expect(coco["images"]?.array?.count == 3 && annotations.count == 9)
        #expect(coco["categories"]?.array?.count == 18)
        let box = try numbers(try #require(annotations[1].object?["bbox"]))
        #expect(try annotations[1].object?["category_id"]?.number?.integer(as: Int.self) == 11)
        let width = try png("coco/images/00000000.png").width
        let row = try lines("yolo/labels/train/00000000.txt")[1].split(separator: " ").map {
            try #require(Double($0))
        }
        #expect(row[0] == 10 && abs(row[3] * Double(width) - Double(box[2])) < 0.001)
        #expect(abs(row[1] * Double(width) - Double(box[0]) - Double(box[2]) / 2) < 0.001)
        #expect(try text("yolo/data.yaml").contains("10: \"-\"\n"))
    }

    @Test("parts have their shares and no text or picture in common")
    func split() throws {
        try make("--length", "8", "--count", "100", "--labels", "txt", "--split", "0.8,0.1,0.1")
        let parts = try ["train", "val", "test"].map { try lines("set/\($0)/gt.txt") }
        #expect(parts.map(\.count).reduce(0, +) == 100 && (76...84).contains(parts[0].count))
        let texts = parts.joined().map { $0.split(separator: "\t")[1] }
        #expect(Set(texts).count == 100)
        try make("--length", "8", "--count", "120", "--labels", "txt", "--split", "0.8,0.1,0.1", to: "more")
        #expect(try lines("more/val/gt.txt").starts(with: parts[1]))
    }

    @Test("shards joined equal the whole")
    func shards() throws {
        folder.write(Array((0..<7).map { "\($0)\n" }.joined().utf8), to: "texts")
        for texts in ["--from texts", "--from -", "--from - < texts", "--pattern '###' --count 7"] {
            let script = """
                set -e; rm -rf whole parts; mkdir parts
                make() { cat texts | digitgen dataset \(texts) --height 16 --seed 1 "$@"; }
                make --labels txt -o whole
                for k in 1 2 3; do make --labels txt --shard $k/3 -o parts/$k; done
                cat parts/*/gt.txt | cmp - whole/gt.txt
                for k in 1 2 3; do cp -r parts/$k/images parts; done
                diff -r parts/images whole/images
                make --format tar -o - > whole.tar
                for k in 1 2 3; do make --format tar --shard $k/3 -o -; done | cmp - whole.tar
                """
            try Shell.run(script, folder: folder.path).expectSuccess()
        }
        try Shell.run(
            "digitgen dataset --pattern '#' --count 8 --labels coco --shard 2/4 -o coco", folder: folder.path
        )
        .expectSuccess()
        #expect(folder.names("coco/images") == ["00000002.png", "00000003.png"])
    }

    @Test("each archive of a divided shard is one, and joined they are those of the whole")
    func dividedShards() throws {
        let script = """
            set -e; mkdir parts
            make() {
                digitgen dataset --pattern '#' --count 4 --height 16 --seed 1 --split 0.3,0.3,0.4 \\
                    --format tar "$@"
            }
            make -o whole
            for k in 1 2 3 4; do make --shard $k/4 -o parts/$k; done
            for part in train val test; do cat parts/*/$part.tar | cmp - whole/$part.tar; done
            for archive in parts/*/*.tar; do test -s $archive; tar tf $archive > /dev/null; done
            make --shard 6/7 -o empty
            for part in train val test; do test -z "$(tar tf empty/$part.tar)"; done
            """
        try Shell.run(script, folder: folder.path).expectSuccess()
        func archives(_ shard: Int) -> [String] {
            folder.names("parts/\(shard)").filter { $0.hasSuffix(".tar") }
        }
        #expect(archives(1) == ["train.tar"] && archives(4) == ["test.tar", "train.tar", "val.tar"])
    }

    @Test("a file without lines is a missing input, and a shard without lines is a shard")
    func emptyFiles() throws {
        folder.write([], to: "none")
        folder.write(Array("1\n".utf8), to: "one")
        for words in [["none"], ["none", "--shard", "2/2"], ["none", "--page", "200x150"], ["-"]] {
            let outcome = try Program.run(
                ["dataset", "--seed", "1", "-o", "set", "--from"] + words, folder: folder.path)
            outcome.expectFailure(66, "no lines")
            #expect(folder.names() == ["none", "one"])
        }
        try Program.run("dataset", "--from", "-", "--format", "tar", "-o", "-", folder: folder.path)
            .expectFailure(66, "standard input has no lines")
        try make("--from", "one", "--shard", "2/2", "--labels", "txt")
        #expect(folder.contents("set/gt.txt") == [])
    }

    @Test("shares are the same however they are written")
    func shares() throws {
        try make("--pattern", "##", "--count", "4", "--split", "0.50,.5")
        try expectDone("--pattern", "##", "--count", "4", "--split", "0.5,0.5")
        let manifest = try text("set/.manifest.json")
        #expect(manifest.contains("\"split\":\"0.5,0.5\""))
        let old = manifest.replacing("0.5,0.5", with: "0.500,0.500")
        folder.write(Array(old.utf8), to: "set/.manifest.json")
        try expectDone("--pattern", "##", "--count", "4", "--split", "0.5,0.5")
    }

    @Test("the lines of a page do not overlap and lie within it")
    func pages() throws {
        try make("--pattern", "#{2,5}", "--count", "2", "--page", "200x150", "--labels", "jsonl")
        for row in try lines("set/metadata.jsonl") {
            let object = try #require(try json(row).object)
            let boxes = try #require(object["boxes"]?.array).map { try numbers($0) }
            #expect(boxes.count > 10)
            #expect(boxes.allSatisfy { $0[0] + $0[2] <= 200 && $0[1] + $0[3] <= 150 })
            let png = try self.png("set/\(object["file_name"]?.string ?? "")")
            #expect(png.width == 200 && png.height == 150)
        }
    }

    @Test(
        "the same again is done already, and a changed file is an error",
        arguments: ["jsonl", "yolo", "tesseract"])
    func again(labels: String) throws {
        let words = [
            "dataset", "--pattern", "##", "--count", "4", "--seed", "1", "--labels", labels, "-o", "set",
        ]
        func run(_ more: String...) throws -> Execution.Outcome {
            try Program.run(words + more, folder: folder.path)
        }
        try run().expectSuccess()
        let again = try run()
        #expect(again.status == 0 && again.errors == "digitgen: 'set' already holds this data set\n")
        try run("--height", "64").expectFailure(73, "in use")
        #expect(try text("set/README.md").contains("--labels \(labels)"))
        let pictures = ["jsonl": "images/", "yolo": "images/train/", "tesseract": ""]
        let path = "set/\(try #require(pictures[labels]))00000002.png"
        let bytes = folder.read(path)
        folder.write(bytes.dropLast() + [0], to: path)
        try run().expectFailure(73, "have changed")
        folder.write(bytes + [0], to: path)
        try run().expectFailure(73, "bytes instead of")
        folder.remove(path)
        try run().expectFailure(73, "is missing")
    }

    @Test("texts of a file are part of the data set")
    func texts() throws {
        folder.write(Array("12\n34\n".utf8), to: "texts")
        try make("--from", "texts")
        try expectDone("--from", "texts")
        folder.write(Array("12\n35\n".utf8), to: "texts")
        try Program.run(
            ["dataset", "--height", "20", "--seed", "1", "-o", "set", "--from", "texts"], folder: folder.path
        ).expectFailure(73, "in use")
    }

    @Test("a hand and its style are those of all lines")
    func hand() throws {
        try make("--pattern", "##", "--count", "3", "--style", "5", "--vary", "0.2", "--slant", "10:20")
        #expect(
            try text("set/.manifest.json").contains(
                "\"handwriting\":\"style 5 varied by 0.2000"))
        #expect(try text("set/README.md").contains("--slant=10:20"))
        try make("--pattern", "##", "--count", "3", to: "other")
        #expect(folder.read("set/images/00000000.png") != folder.read("other/images/00000000.png"))
    }

    @Test("all texts of a file are on its pages, in order")
    func filePages() throws {
        let texts = (100..<160).map(String.init)
        folder.write(Array(texts.joined(separator: "\n").utf8), to: "texts")
        try make("--from", "texts", "--page", "200x150", "--labels", "jsonl")
        let pages = try lines("set/metadata.jsonl").map { row in
            try #require(try json(row).object?["text"]?.string).split(separator: "\n").map(String.init)
        }
        #expect(pages.count > 1 && pages.flatMap(\.self) == texts)
        try expectDone("--from", "texts", "--page", "200x150", "--labels", "jsonl")
    }

    @Test("what cannot be made is one line, and nothing is left")
    func errors() throws {
        func fail(_ status: Int32, _ arguments: String..., words: String...) throws {
            let outcome = try Program.run(["dataset", "-o", "bad"] + arguments, folder: folder.path)
            #expect(outcome.status == status && outcome.output == [], "\(arguments)")
            #expect(outcome.errors.split(separator: "\n").count == 1, "\(outcome.errors)")
            for word in words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
            #expect(!folder.names().contains("bad"))
        }
        folder.write(Array("1\n2\n3 x\n".utf8), to: "texts")
        try fail(65, "--from", "texts", words: "line 3", "position 3")
        try fail(66, "--from", "none", words: "none")
        try fail(64, "--pattern", "#", words: "--count")
        try fail(64, words: "--count")
        try fail(64, "--labels", "coco", "--count", "3", words: "--labels", "--pattern")
        try fail(64, "--pattern", "#", "--count", "3", "--labels", "xml", words: "jsonl", "tesseract")
        try fail(64, "--pattern", "#", "--count", "3", "--split", "0.5,0.6", words: "add up to 1")
        try fail(64, "--pattern", "#", "--count", "3", "--page", "5x5", words: "1024x768")
        try fail(
            64, "--pattern", "#", "--count", "3", "--page", "200x200", "--labels", "txt",
            words: "coco, yolo or jsonl")
        try fail(
            65, "--pattern", "#{9}", "--count", "3", "--page", "64x64", words: "pixels wide",
            "a shorter text, a lower --height or a larger --page")
        try fail(
            65, "--pattern", "##", "--count", "3", "--page", "2000x64", "--height", "100",
            words: "2000 × 64; expected a lower --height or a larger --page")
        try fail(65, "--pattern", "#{9}", "--count", "3", "--across", "64", words: "pixels wide")
        try fail(64, "--pattern", "#", "--count", "3", "--format", "idx", words: "png or tar")
        try fail(64, "--pattern", "#", "--count", "3", "--digits", "38", words: "--digits")
        try fail(64, "--pattern", "#", "--count", "3", "--gz", words: "--gz is for digits")
        try fail(64, "--pattern", "#", "--count", "3", "--balanced", words: "--balanced is for digits")
        try fail(
            64, "--pattern", "#", "--count", "3", "--format", "tar", "--shards", "2",
            words: "--shards is for digits")
        try fail(64, "--pattern", "#", "--count", "3", "--model", "cgan", words: "no ink")
        try fail(64, "--from", "texts", "--pattern", "#", words: "mutually exclusive")
    }
}
