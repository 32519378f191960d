// Asks veraPDF's engine whether PDFs keep to a standard: one line a file and standard, then why not.
// use: java -cp CLASSPATH Keeping.java 3a,ua1 FILE.pdf...
import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

public class Keeping {
    public static void main(String[] arguments) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int file = 1; file < arguments.length; file++) {
            for (String standard : arguments[0].split(",")) {
                judge(arguments[file], PDFAFlavour.byFlavourId(standard));
            }
        }
    }

    private static void judge(String file, PDFAFlavour standard) throws Exception {
        try (PDFAParser pdf = Foundries.defaultInstance()
                 .createParser(new FileInputStream(file), standard);
             PDFAValidator rules = Foundries.defaultInstance().createValidator(standard, false)) {
            ValidationResult result = rules.validate(pdf);
            String verdict = result.isCompliant() ? "keeps to" : "breaks";
            System.out.println(
                file + " " + verdict + " " + standard.getId() + ", asked " + result.getTotalAssertions());
            Map<String, String> faults = new TreeMap<>();
            for (TestAssertion asked : result.getTestAssertions()) {
                if (asked.getStatus() == TestAssertion.Status.FAILED) {
                    faults.putIfAbsent(asked.getRuleId().getClause(), asked.getMessage());
                }
            }
            faults.forEach((clause, why) -> System.out.println("    " + clause + ": " + why));
        }
    }
}
