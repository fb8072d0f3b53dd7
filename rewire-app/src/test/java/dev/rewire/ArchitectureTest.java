package dev.rewire;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may use whom. Lives in the application, because only here all modules are visible. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.rewire");

  /** The packages of the modules above the core; a new one belongs here. */
  private static final String[] ABOVE_CORE = {
    "dev.rewire.data..",
    "dev.rewire.cli..",
    "dev.rewire.config..",
    "dev.rewire.sweep..",
    "dev.rewire.report..",
    "dev.rewire.picture..",
    "dev.rewire.microscope..",
    "dev.rewire.plan..",
    "dev.rewire.bench..",
    "dev.rewire.export..",
    "dev.rewire.tensorboard..",
    "dev.rewire.trajectory..",
    "dev.rewire.study..",
    "dev.rewire.contract.."
  };

  private static final DescribedPredicate<JavaClass> CORE =
      resideInAPackage("dev.rewire..").and(not(resideInAnyPackage(ABOVE_CORE))).as("core");

  private static final DescribedPredicate<JavaMethodCall> INEXACT =
      DescribedPredicate.describe(
          "methods of Math that may differ in the last bit from machine to machine",
          call ->
              call.getTargetOwner().isEquivalentTo(Math.class)
                  && Set.of(
                          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh",
                          "tanh", "exp", "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot")
                      .contains(call.getName()));

  /** Else the same seed would not be the same bits everywhere. Measures change nothing. */
  @Test
  void trainingCalculatesWithStrictMath() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rewire..")
            .and(CORE.or(resideInAPackage("dev.rewire.data..")))
            .and()
            .resideOutsideOfPackage("dev.rewire.measure..")
            .should()
            .callMethodWhere(INEXACT));
  }

  @Test
  void onlyKernelsUseTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.rewire.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector.."));
  }

  @Test
  void kernelsKnowOnlyMemory() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rewire.kernel..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.rewire..")
                    .and(not(resideInAnyPackage("dev.rewire.kernel..", "dev.rewire.memory..")))));
  }

  @Test
  void kernelsCallNoLambdasPerElement() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rewire.kernel..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.function..", "java.util.stream.."));
  }

  @Test
  void coreKnowsNothingAboveIt() {
    check(noClasses().that(CORE).should().dependOnClassesThat().resideInAnyPackage(ABOVE_CORE));
  }

  @Test
  void nothingInsideCoreUsesItsFacade() {
    check(
        noClasses()
            .that(CORE)
            .and()
            .resideOutsideOfPackage("dev.rewire")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rewire"));
  }

  @Test
  void measuresOnlyLook() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rewire.measure..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.rewire.kernel..",
                "dev.rewire.optimizer..",
                "dev.rewire.loss..",
                "dev.rewire.model..",
                "dev.rewire.checkpoint.."));
    check(
        noClasses()
            .that(CORE)
            .and()
            .resideOutsideOfPackage("dev.rewire.measure..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rewire.measure.."));
  }

  @Test
  void packagesAreFreeOfCycles() {
    check(slices().matching("dev.rewire.(*)..").should().beFreeOfCycles());
  }

  @Test
  void corePrintsNothingAndLogsThroughTheSystemLogger() {
    check(noClasses().that(CORE).should(ACCESS_STANDARD_STREAMS));
    check(noClasses().that(CORE).should(USE_JAVA_UTIL_LOGGING));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
