import TestSupport
import Testing
import TrainingTestSupport
import DigitModel

@testable import DigitTraining

@Suite("Run directory")
struct RunDirectoryTests {
    private let folder = TemporaryFolder()
    private let configuration = RunConfiguration(
        model: .cdcgan, settings: RunConfiguration.Settings(learningRate: 0.001, seed: .max),
        dataSetSHA256: String(repeating: "a", count: 64))

    @Test("the configuration is read as it was written, and makes its recipe again")
    func configurationRoundTrip() throws {
        let run = try RunDirectory.create(folder.path("run"), configuration: configuration)
        let read = try RunConfiguration.read(run.configurationPath)
        #expect(read == configuration)
        let recipe = try read.makeRecipe()
        #expect(recipe.seed == .max && recipe.summary == configuration.recipe)
        #expect(recipe == Recipe.standard(.cdcgan, .init(learningRate: 0.001, seed: .max)))
    }

    @Test("the digits of the training data are recorded if they are not all ten")
    func classes() throws {
        var few = configuration
        few.classes = [3, 8]
        let run = try RunDirectory.create(folder.path("few"), configuration: few)
        #expect(try RunConfiguration.read(run.configurationPath) == few)
        #expect(few.json.contains(#""classes":"38""#) && !configuration.json.contains("classes"))
        for wrong in [#""""#, #""83""#, #""x""#, "38"] {
            let parts = few.json.split(separator: #""38""#)
            folder.write(Array("\(parts[0])\(wrong)\(parts[1])".utf8), to: "config.json")
            let error = #expect(throws: RunError.self) {
                try RunConfiguration.read(folder.path("config.json"))
            }
            #expect(error?.description.contains("\"classes\" must be ") == true)
        }
    }

    @Test("a run as published stays one when it is continued, and other runs do not become one")
    func published() throws {
        let digest = String(repeating: "a", count: 64)
        let published = RunConfiguration(
            model: .gan, settings: .init(isPublished: true), dataSetSHA256: digest)
        let standard = RunConfiguration(model: .gan, settings: .init(), dataSetSHA256: digest)
        #expect(published.recipe != standard.recipe && published.identity != standard.identity)
        let run = try RunDirectory.create(folder.path("published"), configuration: published)
        let read = try RunConfiguration.read(run.configurationPath)
        #expect(read == published && !standard.json.contains("published"))
        #expect(try read.makeRecipe() == Recipe.published(.gan))
        for settings in [RunConfiguration.Settings(), .init(isPublished: true)] {
            #expect(try read.resumed(model: .gan, settings: settings, dataSetSHA256: digest) == published)
        }
        #expect(throws: RunError.self) {
            try standard.resumed(model: .gan, settings: .init(isPublished: true), dataSetSHA256: digest)
        }
    }

    @Test("one writer at a time")
    func lock() throws {
        let path = folder.path("run")
        do {
            let run = try RunDirectory.create(path, configuration: configuration)
            #expect(throws: RunError.locked(path: path)) { try RunDirectory.existing(run.path) }
        }
        _ = try RunDirectory.existing(path)
    }

    @Test("a run that is continued removes what a killed process was writing")
    func leftovers() throws {
        let path = folder.path("run")
        do { _ = try RunDirectory.create(path, configuration: configuration) }
        folder.write([1], to: "run/.digitgen-1.partial")
        folder.write([1], to: "run/samples/.digitgen-2.partial")
        folder.write([1], to: "run/samples/epoch-0001.png")
        _ = try RunDirectory.existing(path)
        #expect(folder.read("run/.digitgen-1.partial").isEmpty)
        #expect(folder.read("run/samples/.digitgen-2.partial").isEmpty)
        #expect(folder.read("run/samples/epoch-0001.png") == [1])
        #expect(!folder.read("run/config.json").isEmpty)
    }

    @Test(
        "what is left of a run whose configuration is gone is not touched",
        arguments: ["checkpoint", "curves.csv"])
    func leftover(name: String) {
        folder.write([1], to: "run/\(name)")
        #expect(throws: RunError.noConfiguration(path: folder.path("run"))) {
            try RunDirectory.create(folder.path("run"), configuration: configuration)
        }
        #expect(throws: RunError.noConfiguration(path: folder.path("run"))) {
            try RunDirectory.existing(folder.path("run"))
        }
    }

    @Test("a new run does not touch an old one")
    func exists() throws {
        let path = folder.path("run")
        _ = try RunDirectory.create(path, configuration: configuration)
        #expect(throws: RunError.alreadyExists(path: path)) {
            try RunDirectory.create(path, configuration: configuration)
        }
    }

    @Test("where no run is, none is continued and nothing is made")
    func missing() {
        #expect(throws: RunError.noRun(path: folder.path)) { try RunDirectory.existing(folder.path) }
        #expect(folder.names().isEmpty)
    }

    @Test("a new run makes the folders that it is to stand in")
    func folders() throws {
        _ = try RunDirectory.create(folder.path("runs/cgan"), configuration: configuration)
        #expect(folder.names() == ["runs"])
        #expect(!folder.read("runs/cgan/config.json").isEmpty)
    }

    @Test("a file in the directory's place is an error")
    func file() {
        let path = folder.write([], to: "run")
        #expect(throws: RunError.self) { try RunDirectory.create(path, configuration: configuration) }
    }

    @Test("a run is continued with its own settings, or with more epochs")
    func resumedSettings() throws {
        let digest = configuration.dataSetSHA256
        func resumed(_ settings: RunConfiguration.Settings, _ model: ModelName = .cdcgan) throws {
            _ = try configuration.resumed(model: model, settings: settings, dataSetSHA256: digest)
        }
        try resumed(.init())
        try resumed(.init(learningRate: 0.001, seed: .max))
        #expect(
            throws: RunError.differentSetting(name: "the batch size", found: "7", expected: "128")
        ) { try resumed(.init(batchSize: 7)) }
        #expect(throws: RunError.self) { try resumed(.init(learningRate: 0.002)) }
        #expect(throws: RunError.self) { try resumed(.init(epochs: configuration.epochs - 1)) }
        try resumed(.init(epochs: configuration.epochs))
        #expect(throws: RunError.self) { try resumed(.init(seed: 2)) }
        #expect(throws: RunError.self) { try resumed(.init(guidance: .manifold)) }
        #expect(
            throws: RunError.differentSetting(
                name: "the recipe", found: "the paper's", expected: "this program's")
        ) { try resumed(.init(isPublished: true)) }
        #expect(throws: RunError.self) { try resumed(.init(), .cgan) }
        #expect(throws: RunError.self) {
            try configuration.resumed(model: .cdcgan, settings: .init(), dataSetSHA256: "b")
        }
        let longer = try configuration.resumed(
            model: .cdcgan, settings: .init(epochs: 500), dataSetSHA256: digest)
        #expect(try longer.makeRecipe().epochs == 500)
        #expect(longer.recipe(after: 500) == longer.recipe + ", first planned for \(configuration.epochs)")
        let path = folder.write(Array(longer.json.utf8), to: "longer.json")
        #expect(try RunConfiguration.read(path) == longer)
        let longest = try longer.resumed(model: .cdcgan, settings: .init(epochs: 501), dataSetSHA256: digest)
        #expect(longest.originalEpochs == configuration.epochs)
    }

    @Test(
        "a broken configuration is an error that names the key",
        arguments: [
            ("[]", "object"), ("{", "byte 1"), (#"{"model":"wgan"}"#, "model"),
            (#"{"model":"gan","learning_rate":0}"#, "learning_rate"),
            (#"{"model":"gan","learning_rate":0.1,"seed":-1}"#, "seed"),
            (#"{"model":"gan","learning_rate":0.1,"seed":1,"epochs":1e3}"#, "epochs"),
            (#"{"model":"gan","learning_rate":0.1,"seed":1,"guidance":"prayer"}"#, "guidance"),
            (#"{"model":"cgan","learning_rate":0.1,"seed":1,"guidance":"manifold"}"#, "guidance"),
            (
                #"{"model":"gan","learning_rate":0.1,"seed":1,"guidance":"unrolling","precision":"bfloat16"}"#,
                "float32 with unrolling"
            ),
            (
                #"{"model":"gan","learning_rate":0.1,"seed":1,"guidance":"packing","epochs":1,"batch_size":3}"#,
                "even with packing"
            ),
            (#"{"model":"gan","learning_rate":0.1,"seed":1,"published":1}"#, "published"),
            (#"{"model":"ink","learning_rate":0.1,"seed":1,"published":true}"#, "published"),
        ])
    func malformedConfiguration(text: String, mention: String) {
        let path = folder.write(Array(text.utf8), to: "config.json")
        let error = #expect(throws: RunError.self) { try RunConfiguration.read(path) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("a configuration of before there was guidance is one without it")
    func withoutGuidance() throws {
        let text = configuration.json.split(separator: ",").filter { !$0.contains("guidance") }
        let path = folder.write(Array(text.joined(separator: ",").utf8), to: "config.json")
        #expect(try RunConfiguration.read(path) == configuration)
    }

    @Test("a recipe that changed since the run began is an error")
    func changedRecipe() {
        var old = configuration
        old.recipe += ", dropout"
        let expected = RunError.otherRecipe(
            path: "run/config.json", found: old.recipe, expected: configuration.recipe)
        #expect(throws: expected) { try old.makeRecipe(path: "run/config.json") }
        #expect(throws: expected) {
            try old.resumed(
                model: .cdcgan, settings: .init(), dataSetSHA256: old.dataSetSHA256, path: "run/config.json")
        }
        #expect("\(expected)".hasPrefix("run/config.json: "))
    }
}
