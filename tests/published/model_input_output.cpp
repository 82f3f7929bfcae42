// Textbook tables with published answers.
#include <gtest/gtest.h>

#include <cmath>

#include "model/input_output_table.hpp"

namespace levee::testing {
namespace {

using Side = LeontiefSystem::Side;

void expect_near(const Eigen::MatrixXd& now, const Eigen::MatrixXd& published, double relative) {
  ASSERT_EQ(now.rows(), published.rows());
  ASSERT_EQ(now.cols(), published.cols());
  for (Eigen::Index k = 0; k < now.size(); ++k)
    EXPECT_NEAR(now.data()[k], published.data()[k], relative * std::abs(published.data()[k])) << k;
}

InputOutputTable table_of(const Eigen::MatrixXd& Z, const Eigen::MatrixXd& Y, int sectors) {
  InputOutputTable table;
  table.Z = IntermediateTable(Z, sectors);
  table.Y = Y;
  table.x = Z.rowwise().sum() + Y.rowwise().sum();
  table.v = table.x - Z.colwise().sum().transpose();
  return table;
}

/// Miller, R. E., Blair, P. D. (2009), Input-Output Analysis: Foundations and Extensions, 2nd edition, chapter 2: two
/// sectors. Figures as in pymrio (IndEcol/pymrio, commit 89c9b97f, tests/test_math.py, td_IO_Data_Miller).
TEST(PublishedInputOutput, MillerAndBlairChapter2) {
  const InputOutputTable table =
      table_of((Eigen::Matrix2d() << 150, 500, 200, 100).finished(), Eigen::Vector2d(350, 1700), 2);
  expect_near(table.x, Eigen::Vector2d(1000, 2000), 1e-6);
  const Eigen::Matrix2d L = (Eigen::Matrix2d() << 1.25412541, 0.330033, 0.2640264, 1.12211221).finished();
  expect_near(LeontiefSystem(table.Z, table.x, Side::quantities).solve(Eigen::Matrix2d::Identity()), L, 1e-6);
  expect_near(LeontiefSystem(table.Z, table.x, Side::prices).solve(Eigen::Matrix2d::Identity()), L.transpose(), 1e-6);
  // The second example: final demand of 600 and 1500 gives outputs of 1247.5 and 1841.6 (printed to 0.1).
  const Eigen::Vector2d output = LeontiefSystem(table.Z, table.x, Side::quantities).solve(Eigen::Vector2d(600, 1500));
  EXPECT_NEAR(output[0], 1247.5, 0.05);
  EXPECT_NEAR(output[1], 1841.6, 0.05);
  // Labour of 0.3 and 0.25 a unit of output: 374.25 and 460.4.
  EXPECT_NEAR(0.3 * output[0], 374.25, 1e-6 * 374.25 + 0.05 * 0.3);
  EXPECT_NEAR(0.25 * output[1], 460.4, 1e-6 * 460.4 + 0.05 * 0.25);
}

/// pymrio's own test world (IndEcol/pymrio, commit 89c9b97f, tests/test_math.py, td_small_MRIO): two regions, three
/// sectors, two stressors, with every account. B, G and M_down are printed with 8 decimals.
class PymrioSmallMrio : public ::testing::Test {
 protected:
  PymrioSmallMrio() {
    F << 20, 1, 42, 4, 20, 5,  //
        5, 4, 11, 8, 2, 10;
  }
  static Eigen::MatrixXd Z() {
    Eigen::MatrixXd Z(6, 6);
    Z << 10, 5, 1, 6, 5, 7,  //
        0, 2, 0, 0, 5, 3,    //
        10, 3, 20, 4, 2, 0,  //
        5, 0, 0, 1, 10, 9,   //
        0, 10, 1, 0, 20, 1,  //
        5, 0, 0, 1, 10, 10;
    return Z;
  }
  static Eigen::MatrixXd Y() {
    Eigen::MatrixXd Y(6, 2);
    Y << 14, 3, 2.5, 2.5, 13, 6, 5, 20, 10, 10, 3, 10;
    return Y;
  }
  /// Account of each stressor, in rows, as the source prints it.
  template <class Account>
  void expect_accounts(const Eigen::MatrixXd& published, double relative, const Account& account) const {
    for (int k = 0; k < 2; ++k) {
      SCOPED_TRACE(k);
      expect_near(account(Eigen::VectorXd(F.row(k).transpose())), published.row(k).transpose(), relative);
    }
  }
  Eigen::MatrixXd by_origin(const Eigen::VectorXd& flows) const {
    return multipliers_by_origin(prices, per_output(table, flows), 2).y;
  }

  InputOutputTable table = table_of(Z(), Y(), 3);
  LeontiefSystem prices{table.Z, table.x, Side::prices}, quantities{table.Z, table.x, Side::quantities};
  Eigen::Matrix<double, 2, 6> F;
  static constexpr double tolerance = 1e-7;
};

TEST_F(PymrioSmallMrio, OutputAndInverse) {
  expect_near(table.x, (Eigen::VectorXd(6) << 51, 15, 58, 50, 52, 39).finished(), tolerance);
  Eigen::MatrixXd L(6, 6);
  L << 1.3387146304736708, 0.9689762471208287, 0.05036622549592462, 0.17820960407435948, 0.5752019383714646,
      0.4985179148178926,  //
      0.02200779585580331, 1.3716472861392823, 0.0076800357678581885, 0.006557415453762468, 0.2698335633228079,
      0.15854643902810828,  //
      0.43290422861412026, 0.8627066565439678, 1.5492942759220427, 0.18491657196329184, 0.44027825642348534,
      0.26630955082840885,  //
      0.18799498787612925, 0.5244084722329316, 0.020254008037620782, 1.0542007368783255, 0.5816573175534603,
      0.44685014763069275,  //
      0.04400982046095892, 1.5325472495862535, 0.05259311578831879, 0.014602513642445088, 1.9545285794951548,
      0.2410917825607805,  //
      0.19294222439918532, 0.5382086951864299, 0.020787008249137116, 0.05562707205933412, 0.596964089068025,
      1.4849251515157111;
  expect_near(quantities.solve(Eigen::MatrixXd::Identity(6, 6)), L, tolerance);
  expect_near(prices.solve(Eigen::MatrixXd::Identity(6, 6)), L.transpose(), tolerance);
}

TEST_F(PymrioSmallMrio, Multipliers) {
  Eigen::MatrixXd S(2, 6), M(2, 6), M_down(2, 6);
  S << 0.39215686274509803, 0.06666666666666667, 0.7241379310344828, 0.08, 0.38461538461538464, 0.1282051282051282,  //
      0.09803921568627451, 0.26666666666666666, 0.1896551724137931, 0.16, 0.038461538461538464, 0.2564102564102564;
  M << 0.896638324101429, 1.7965474933011258, 1.1666796580507097, 0.3013124703668342, 1.4371886818255364,
      0.7177624711634629,  //
      0.3004620527704837, 0.9052387706892087, 0.311411003349379, 0.23778766312079253, 0.5331560745059157,
      0.6031791628984159;
  M_down << 0.48172779, 0.48999986, 0.74944707, 0.38438353, 0.48030952, 0.50914162,  //
      0.26832875, 0.25724662, 0.28759602, 0.1865165, 0.21856841, 0.25216408;
  expect_accounts(S, tolerance,
                  [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd { return per_output(table, flows); });
  expect_accounts(M, tolerance,
                  [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd { return by_origin(flows).rowwise().sum(); });
  expect_accounts(M_down, 3e-8, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    return downstream_multipliers(table, quantities, flows);
  });
}

TEST_F(PymrioSmallMrio, ProductionAndConsumption) {
  Eigen::MatrixXd D_cba(2, 6);
  D_cba << 14.059498889254174, 18.863255551508175, 17.32012296814962, 8.71616437964097, 18.863255551508175,
      14.17770265993889,  //
      5.395407054390734, 7.594657671782178, 5.857880532237175, 5.657139420727301, 7.594657671782178, 7.900257649080434;
  expect_accounts(D_cba, tolerance, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    return consumption_account(table, by_origin(flows).rowwise().sum());
  });
  expect_accounts(D_cba, tolerance, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    return embodied_by_product(table, by_origin(flows)).colwise().sum().transpose();
  });
  const Eigen::MatrixXd output = quantities.solve(table.Y);
  expect_accounts(F, tolerance, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    return embodied_by_maker(per_output(table, flows), output).rowwise().sum();
  });
}

TEST_F(PymrioSmallMrio, ExportsAndImports) {
  Eigen::MatrixXd D_imp(2, 6), D_exp(2, 6);
  D_imp << 1.2792573306446737, 10.499069649181388, 1.2752266807875912, 6.604374747509535, 8.364185902326788,
      10.842115601865368,  //
      2.054905005956757, 3.9151998960771452, 1.522271392125981, 1.743464577633809, 3.6794577757050337,
      3.221508682410955;
  D_exp << 8.251832343364468, 0.5304113433404783, 17.02843256499675, 1.3307504334524414, 9.797226856351275,
      1.9255763708099365,  //
      2.062958085841117, 2.1216453733619134, 4.459827576546767, 2.6615008669048827, 0.9797226856351275,
      3.851152741619873;
  expect_accounts(D_imp, tolerance, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    const Eigen::MatrixXd embodied = embodied_by_product(table, by_origin(flows));
    Eigen::VectorXd imports(6);
    imports << embodied.row(1).head(3).transpose(), embodied.row(0).tail(3).transpose();
    return imports;
  });
  const Eigen::MatrixXd output = quantities.solve(table.Y);
  expect_accounts(D_exp, tolerance, [&](const Eigen::VectorXd& flows) -> Eigen::VectorXd {
    const Eigen::MatrixXd made = embodied_by_maker(per_output(table, flows), output);
    Eigen::VectorXd exports(6);
    exports << made.col(1).head(3), made.col(0).tail(3);
    return exports;
  });
}

}  // namespace
}  // namespace levee::testing
