/*
 * English words that are also names of people or places, and that a summary may well need. Alone they name nobody: “we
 * will”, “the ward”, “in May”. What is left out of the list costs a host another word; what stands in it may let a name
 * through, so it holds only what is said every day.
 */

const words: ReadonlySet<string> = new Set(
  `able art back bank banks bar bath bell best bill bird black blue bold book books border borders box brand bridge bridges
  bright broad brown bury call care case chance change chase child church clear clerk close cloud coast cold comfort common
  constant cook corner cost court cross crown day days deal dean dear down draw drive early earl earth east even ever fair
  faith far farmer fast field fields fire fish flag flower flowers ford forest foster fox frank free freeman friend front
  game gate gates gift given gold good grace grand grant grave great green grey ground grow guest guide hall hand hands
  hard head heart heath hill hills hold home hook hope house hunt joy just keen keep key king know lake lane large last
  law laws leader lead leaf less light like line link little lock long lord loss love low luck main major man many march
  mark marks market marsh mask master may mayor meadow merit mild mile miles mill mills mind mine minor moon moore
  more moss mountain new nice night noble north oak old open orange over pack page pages parish park parks part
  patience pay peace people pike pitch place plan plant point pole pool post pound power present press price pride prior
  proud quick rain read reader reading reed regent rest rice rich ride ring rise river rivers road roads rock role root rose
  round royal rule rush safe sale salt sand save school sea self sell senior serve seven sharp shed ship shore short side
  silver small smart snow south speed spring staff stage star state step still stone storm story street strong summer sun
  sure sweet tall task team temple test thank thorough tide tower town trade tree true trust turn vale valley view vote
  wait walk wall walls ward wards water waters way week well wells west white wild will win wind winter wise wish wolf
  wonder wood woods word words work works worth year young
  monday tuesday wednesday thursday friday saturday sunday
  january february april june july august september october november december autumn
  the and for our with from all any one two
  mrs miss mister doctor sir dame lady lord reverend rev prof professor cllr councillor hon obe cbe mbe van von der den del`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** @param word as it is compared: in lower case, without accents */
export function isOrdinaryWord(word: string): boolean {
  return words.has(word);
}
