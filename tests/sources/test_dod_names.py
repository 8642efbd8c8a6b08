"""How the Department of Defense prints companies."""

import pytest

from vacatur.sources.dod_names import Company, read_company, read_family, split_names


@pytest.mark.parametrize(
    ("printed", "company"),
    [
        ("360 Fixture Inc. (Qihoo 1)*", Company("360 Fixture Inc.", aliases=("Qihoo 1",))),
        ("360 Fixture Inc. (Qihoo 1).", Company("360 Fixture Inc.", aliases=("Qihoo 1",))),
        ("Fixture Aviation Ltd. (FAC)", Company("Fixture Aviation Ltd.", weak=("FAC",))),
        ("FAC Co., Ltd. (formerly Old FAC Co., Ltd.)", Company("FAC Co., Ltd.", former=("Old FAC Co., Ltd.",))),
        ("Fixture Group (also known as Lidar Co., Ltd.)", Company("Fixture Group", aliases=("Lidar Co., Ltd.",))),
        ("Fixture Group (Limited) (FCCG)", Company("Fixture Group (Limited)", weak=("FCCG",))),
        (
            "Fixture (Tianjin) Corporation (FX Tianjin]",
            Company("Fixture (Tianjin) Corporation", aliases=("FX Tianjin",)),
        ),
        ("Fixture (BVI) Co., Ltd.", Company("Fixture (BVI) Co., Ltd.")),
        ("SMIX, Americas", Company("SMIX, Americas")),
        (" * ", None),
        ("(FAC)", Company("(FAC)")),
    ],
)
def test_names_in_brackets(printed, company):
    assert read_company(printed) == company


def test_punctuation_changes_no_id():
    slugs = {
        read_company(text).slug
        for text in ("Cloud Fixture Co., Ltd", "Cloud Fixture Co. Ltd.", "CLOUD FIXTURE CO., LTD.*")
    }  # type: ignore[union-attr]
    assert slugs == {"cloud-fixture-co-ltd"}


def test_a_company_with_its_subsidiaries():
    family = list(
        read_family("Fixture Corp. (FC) (and two subsidiaries: A Fixture Co., Ltd. (AF), and B Fixture Inc.)")
    )
    assert [(one.name, one.parent) for one in family] == [
        ("Fixture Corp.", None),
        ("A Fixture Co., Ltd.", "Fixture Corp."),
        ("B Fixture Inc.", "Fixture Corp."),
    ]


def test_enumerations():
    assert split_names("A Co., Ltd., B, Inc., and C (X, Y) Limited") == ["A Co., Ltd.", "B, Inc.", "C (X, Y) Limited"]
    assert split_names("A, Ltd.; and B, C and D") == ["A, Ltd.", "B, C and D"]
