import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.Date;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * HeidelTime, loaded once: `HeidelTimeTags CONFIG LANGUAGE TYPE TAGGER`.
 * Says `ready`, then answers each line `DAY or -, TAB, file, TAB, file for the
 * TimeML` with the nanoseconds of its work.
 */
public final class HeidelTimeTags {
    public static void main(String[] arguments) throws Exception {
        // Its answers go to the one stream, its own chatter to the other.
        PrintStream answers = System.out;
        System.setOut(System.err);
        Logger.getLogger("HeidelTimeStandalone").setLevel(Level.OFF);
        Logger.getLogger("").setLevel(Level.OFF);
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
            Language.getLanguageFromString(arguments[1]),
            DocumentType.valueOf(arguments[2]),
            OutputType.TIMEML,
            arguments[0],
            POSTagger.valueOf(arguments[3]));
        SimpleDateFormat days = new SimpleDateFormat("yyyy-MM-dd");
        answers.println("ready");
        answers.flush();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] cells = line.split("\t");
            String text = Files.readString(Path.of(cells[1]));
            Date day = cells[0].equals("-") ? null : days.parse(cells[0]);
            long start = System.nanoTime();
            String made = tagger.process(text, day);
            long took = System.nanoTime() - start;
            Files.writeString(Path.of(cells[2]), made);
            answers.println(took);
            answers.flush();
        }
    }
}
