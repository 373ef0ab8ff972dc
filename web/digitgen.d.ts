/** The names of the models that come with the package, the default first. */
export const modelNames: string[];

/** A request that cannot be drawn, or a model that cannot be read. The message is a sentence for people. */
export class DigitgenError extends Error {}

/** What a page loads. */
export interface LoadOptions {
  /** The model to begin with; the first of `modelNames` unless it is given. */
  model?: string;
  /** The package's files by name, where they are at hand and should not be fetched. */
  files?: Record<string, Uint8Array>;
}

/** What a request asks for. All but `only` are options of the command `digitgen`, by the same names. */
export interface DrawOptions {
  /** A loaded model; the one that was loaded first unless it is given. */
  model?: string;
  /** Images; 1 unless it is given. */
  count?: number;
  /** The number of the first image; 0 unless it is given, and together with `count` at most 2^31 - 1. */
  first?: number;
  /** Equal seeds give equal images; a random one unless it is given. */
  seed?: number | bigint;
  /** The number of the hand that all images are in. */
  style?: number | bigint;
  /** How far digits stray from their hand, 0 to 1; as people's digits do unless it is given. */
  vary?: number;
  /** The digits' lean in degrees, positive to the right. */
  slant?: number;
  /** The strokes' width in parts of the digit's height. */
  thickness?: number;
  /** The digits' width in parts of their height. */
  width?: number;
  /** From one hand to another or, without a text, from one digit to another, in `count` images. */
  morph?: [number, number];
  /** Pixels along a side of a digit, 8 to 2048, drawn from its outline; 28, as MNIST has them, unless it is given. */
  size?: number;
  /** The only image to draw, by its number, which is one of the request's: with `morph`, a step of the way. */
  only?: number;
}

/** Drawn images, all of one size. */
export interface Drawing {
  /** One image after the other, each row by row from the top; 0 is paper, 255 ink. */
  pixels: Uint8Array;
  count: number;
  /** Pixels across: as many times the width of a digit as the text has digits. */
  width: number;
  height: number;
  /** The seed that drew them. */
  seed: number | bigint;
}

/** The outlines of digits, to be filled by the even-odd rule. */
export interface Outlines {
  /** SVG path data of each digit, in a square of its own; empty without ink. */
  paths: string[];
  /** The side of the squares. */
  size: number;
  seed: number | bigint;
}

/** The facts about a model. */
export interface ModelFacts {
  name: string;
  /** SHA-256 of the safetensors file inside the bundle. */
  sha256: string;
  /** The digits that it draws; empty for a model that takes none. */
  digits: string;
  drawsInk: boolean;
  hasHands: boolean;
  obeysStyle: boolean;
  /** For each of `digits`, the least and the greatest value of each measure; only of a model that obeys a style. */
  styles?: Record<'slant' | 'thickness' | 'width', [number, number]>[];
  /** `simd128` or `scalar`. */
  instructionSet: string;
}

/** The functions of a loaded module. */
export class Digitgen {
  /** The facts about each loaded model, by name. */
  readonly models: Record<string, ModelFacts>;
  /** Loads another model of the package. */
  load(name: string): Promise<ModelFacts>;
  /** Adds a model from the bytes of the safetensors file inside its bundle. */
  add(name: string, bytes: Uint8Array): ModelFacts;
  /** Draws the images of a request; the same bytes as `digitgen TEXT --format raw`. */
  draw(text: string, options?: DrawOptions): Drawing;
  /** The outlines of a request's digits, by a model that draws ink. */
  outlines(text: string, options?: DrawOptions): Outlines;
}

/** Loads the module and a model. */
export function loadDigitgen(options?: LoadOptions): Promise<Digitgen>;

/** A random seed, as the command takes one: below 2^53. */
export function randomSeed(): number;
