#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "data/import/har_file.hpp"

namespace levee {

/// Names as GEMPACK takes them: letters, digits and _, a letter first, each once without regard to case.
class HarNames {
 public:
  explicit HarNames(std::size_t longest) : longest_(longest) {}
  /// A name for `text`: as it is where it may stay, else cut and, where that is taken, with a number at the end.
  std::string unique(const std::string& text);

 private:
  std::size_t longest_;
  std::set<std::string> taken_;  ///< in upper case
};

/// An array that goes into a HarBook.
struct HarBookArray {
  std::string header;       ///< up to 4 characters
  std::string coefficient;  ///< any length, cut where it is too long
  std::string what;         ///< in words
  std::string unit;
  std::vector<int> sets;        ///< numbers of the book's sets, one a dimension
  std::vector<double> figures;  ///< the first index runs fastest
};

/// A header-array file that explains itself: it begins with a text, INFO, that says what each array is, and with the
/// elements of all sets. Names that GEMPACK cannot hold are cut, each told from the others, and listed in LONG.
class HarBook {
 public:
  HarBook();

  /// A paragraph of INFO.
  void say(const std::string& paragraph) { info_.push_back(paragraph); }
  /// A set of these elements, in words; returns its number. Another set that was given the same name and elements is
  /// the same; where elements differ, the name gets a number at the end.
  int set(const std::string& name, const std::string& what, const std::vector<std::string>& elements);
  int size(int set) const { return sets_[static_cast<std::size_t>(set)].dimension.size; }
  /// A text of its own.
  void text(const std::string& header, const std::string& what, const std::vector<std::string>& paragraphs);
  void add(HarBookArray array);

  /// Everything; `path` stands for the file in messages.
  HarFile file(const std::string& path) const;

 private:
  /// Sets that were given one name: an element is called the same in all of them.
  struct Family {
    HarNames names;
    std::map<std::string, std::string> short_names;  ///< by element
  };
  struct Set {
    std::string wanted, what;
    std::vector<std::string> elements;
    HarDimension dimension;
  };

  std::vector<std::string> info_, long_names_, contents_;
  std::map<std::string, Family> families_;
  std::vector<Set> sets_;
  std::vector<HarHeader> texts_, arrays_;
  HarNames headers_, coefficients_;
};

}  // namespace levee
