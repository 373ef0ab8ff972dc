import TestSupport
import Testing

/// Names that are bytes and no text, and what messages make of them. In the scripts `$'…'` is bash's word with escapes.
@Suite("Paths", .needsProgram)
struct PathTests {
    private let sample: Sample

    init() throws {
        sample = try Sample()
    }

    private func run(_ script: String) throws -> Execution.Outcome {
        try sample.script("set -e; \(script)")
    }

    @Test(
        "the name of an output is its bytes, whoever reads the command line",
        arguments: ["-o ", "--scale 1 --output="])
    func outputs(option: String) throws {
        try run(
            #"""
            mkdir d $'\xff'
            digitgen 7 $W > seven; digitgen 8 $W > eight
            # Bytes that are no UTF-8, a scalar that stands for one, two forms of é, a control, a mark after a slash.
            for pair in $'a\xe9.png|a\xe8.png' $'\xff/\xfe|\xff/\xfd' $'\xf4\x8f\xbf\xa9|\xe9' $'e\xcc\x81|\xc3\xa9' \
                $'a\n\e[31m|a\n\x7f' $'d/\xcc\x81|d/\xcc\x82'; do
                digitgen 7 $W \#(option)"${pair%|*}"; digitgen 8 $W \#(option)"${pair#*|}"
                cmp seven "${pair%|*}"; cmp eight "${pair#*|}"
            done
            set -- * */*; [ $# = 18 ]
            """#
        ).expectSuccess()
    }

    @Test("labels stand beside the images, whatever bytes their names have")
    func labels() throws {
        try run(
            #"""
            mkdir $'s\xe9' images
            digitgen --count 10 --format npy -o $'n\xe9.npy' $W; [ -s $'n\xe9-labels.npy' ]
            digitgen --count 10 --format idx -o $'s\xe9/' $W; [ -s $'s\xe9/labels-idx1-ubyte' ]
            digitgen --count 10 --format npy -o $'images/\xcc\x81.npy' $W; [ -s $'images/\xcc\x81-labels.npy' ]
            """#
        ).expectSuccess()
    }

    @Test("weights, folders of data sets and what links lead to are found by their bytes")
    func otherPaths() throws {
        try run(
            #"""
            cp sample.safetensors.zst $'w\xe9.zst'; cp free.safetensors.zst $'w\xe8.zst'
            digitgen 7 --seed 1 --weights $'w\xe9.zst' | cmp - <(digitgen 7 $W)
            digitgen inspect $'w\xe9.zst' | grep -q 'conditional  *yes'
            digitgen inspect --json $'w\xe8.zst' | grep -q '"conditional":false'
            echo 7 | digitgen serve --weights $'w\xe9.zst' | grep -q '"ok":true'
            for folder in $'s\xe9' $'s\xe8'; do
                digitgen dataset --count 10 --format png -o "$folder" $W
                [ -s "$folder/3/00000003.png" ] && [ -s "$folder/.manifest.json" ]
            done
            mkdir $'l\xe9'; ln -s $'l\xe9/x\xe8' link
            digitgen 7 $W -o link; digitgen 7 $W -o link
            [ -L link ] && [ -s $'l\xe9/x\xe8' ]
            """#
        ).expectSuccess()
    }

    @Test(
        "messages show such bytes, and controls, as escapes",
        arguments: [
            (#"7 -o $'no/a\xe9.png'"#, #"'no/a\xe9.png'"#), (#"7 --weights $'w\xe9.zst'"#, #"w\xe9.zst"#),
            (#"inspect $'w\xe9\n.zst'"#, #"'w\xe9\n.zst'"#), (#"$'7\n\e[31m'"#, #"'7\n\x1b[31m'"#),
            (#"7 8 $'\e]0;x\a'"#, #"\x1b]0;x\x07"#), (#"7 --model $'\e[2J'"#, #"\x1b[2J"#),
            (#"7 --cou$'\e'nt 3"#, #"\x1b"#), (#"7 --format $'\xc2\x9b31m'"#, #"\u009b31m"#),
            (#"7 --model $'\xe2\x80\xae\xe9'"#, #"\u202e\xe9"#),
            (#"dataset --count 1 -o $'file\t/d'"#, #"'file\t/d'"#),
        ])
    func messages(words: String, shown: String) throws {
        let outcome = try Shell.run(": > $'file\\t'; digitgen \(words)", folder: sample.folder.path)
        #expect(outcome.errors.contains(shown), "\(outcome.errors)")
        expectPrintable(outcome.errors)
    }

    @Test("a folder that is in use, and a data set that is there, are named with escapes, too")
    func foundNames() throws {
        let used = try run(#"mkdir d; touch d/$'\e[31m\xe9'; digitgen dataset --count 1 -o d $W"#)
        used.expectFailure(73, #"'\x1b[31m\xe9'"#)
        let done = try run(#"for i in 1 2; do digitgen dataset --count 1 -o $'\e[31m\xe9' $W; done"#)
        #expect(done.status == 0 && done.errors.contains(#"'\x1b[31m\xe9'"#), "\(done.errors)")
        expectPrintable(used.errors + done.errors)
    }

    @Test("the command that keeps a preview can be given to a shell, whatever the file's name")
    func reproduction() throws {
        let outcome = try run(
            #"""
            cp sample.safetensors.zst $'it\'s\n\xe9.zst'
            digitgen 7 --seed 1 --preview blocks --weights $'it\'s\n\xe9.zst' 2> told > shown
            command=$(sed 's/^To keep them: //' told); echo "$command"
            eval "$command"; digitgen 7 $W | cmp - digits.png
            """#)
        outcome.expectSuccess()
        #expect(outcome.text.contains(#"--weights $'it\'s\n\xe9.zst' "#), "\(outcome.text)")
    }

    @Test("the trainer finds data, runs and bundles by their bytes")
    func trainer() throws {
        TinyDigits.write(to: sample.folder, "mnist")
        let outcome = try run(
            #"""
            mv mnist $'m\xe9'; export DIGITGEN_CACHE=$PWD/$'c\xe9'
            digitgen-train fit gan --data $'m\xe9' --output $'r\xe9/\xe8' --epochs 1 --batch-size 500 2> log
            [ -s $'r\xe9/\xe8/samples/epoch-0001.png' ]
            digitgen-train quantize $'r\xe9/\xe8' --data $'m\xe9' -o $'q\xe8.zst'
            digitgen --count 1 --weights $'q\xe8.zst' > picture
            echo x >> $'r\xe9/\xe8/checkpoint'; ! digitgen-train quantize $'r\xe9/\xe8' --data . -o $'p\xe9.zst'
            """#)
        #expect(outcome.status == 0 && outcome.text.hasPrefix(#"q\xe8.zst: gan, epoch 1"#), "\(outcome)")
        #expect(outcome.errors.contains(#"r\xe9/\xe8/checkpoint: not a checkpoint"#), "\(outcome.errors)")
        #expect(!sample.madeNames.contains("m"))
    }

    @Test(
        "the trainer's messages show escapes, too",
        arguments: [
            (#"fit gan --data $'\e[31m\xe9' --output r"#, #"\x1b[31m\xe9"#),
            (#"fit $'\e]0;x\a' --data . --output r"#, #"\x1b]0;x\x07"#),
            (#"quantize $'r\n\xe9' --data . -o x"#, #"r\n\xe9"#),
            (#"quantize r --data . -o x --$'\e'"#, #"\x1b"#),
            (#"evaluate x --data $'\xe9\xc2\x9b'"#, #"\xe9\u009b"#),
            (#"help $'\e[31m'"#, #"'\x1b[31m'"#), (#"modes --data $'\e\xe9' --output x"#, #"\x1b\xe9"#),
            (#"compare --data $'\r' -o x"#, #"list \r:"#),
        ]
    )
    func trainerMessages(words: String, shown: String) throws {
        let outcome = try Shell.run("digitgen-train \(words)", folder: sample.folder.path)
        #expect(outcome.status != 0 && outcome.errors.contains(shown), "\(outcome.errors)")
        expectPrintable(outcome.errors)
    }

    /// Expects nothing that a terminal would take for an order.
    private func expectPrintable(_ text: String, at location: SourceLocation = #_sourceLocation) {
        let orders = text.unicodeScalars.filter { scalar in
            scalar != "\n"
                && (scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || scalar == "\u{202E}")
        }
        #expect(orders.isEmpty, "\(text.debugDescription)", sourceLocation: location)
        #expect(!text.contains("\u{FFFD}"), sourceLocation: location)
    }
}
